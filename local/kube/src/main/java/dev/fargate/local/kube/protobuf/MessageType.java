package dev.fargate.local.kube.protobuf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.StatusError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * How one kind of message becomes JSON: its fields by number. Empty texts and zero numbers are left
 * out, as Kubernetes' JSON leaves them out.
 */
record MessageType(String name, Map<Integer, Field> fields) {

  /** What a field holds. */
  sealed interface Content {}

  /** The contents without parts of their own. */
  enum Plain implements Content {
    TEXT,
    BYTES,
    NUMBER,
    FLAG,
    TIME,
    /** A message whose first field is JSON text. */
    JSON
  }

  /** Another message. */
  record Nested(MessageType type) implements Content {}

  /** A map from text to something plain. */
  record TextMap(Plain value) implements Content {}

  record Field(String name, boolean list, Content content) {
    static Field of(String name, Content content) {
      return new Field(name, false, content);
    }

    static Field list(String name, Content content) {
      return new Field(name, true, content);
    }
  }

  /**
   * Decodes a message.
   *
   * @throws StatusError 415 for a field that is not known here
   */
  ObjectNode decode(byte[] data) {
    ObjectNode object = Json.object();
    WireReader reader = new WireReader(data);
    while (reader.hasNext()) {
      WireReader.Field wire = reader.next();
      Field field = fields.get(wire.number());
      if (field == null) {
        throw StatusError.unsupportedMediaType(
            "protobuf: field " + wire.number() + " of " + name + " is not read here: send JSON");
      }
      if (field.list) {
        ArrayNode list = object.withArrayProperty(field.name);
        ObjectNode holder = Json.object();
        put(holder, "item", field.content, wire);
        list.add(holder.get("item"));
      } else {
        put(object, field.name, field.content, wire);
      }
    }
    return object;
  }

  private static void put(ObjectNode object, String name, Content content, WireReader.Field wire) {
    if (content instanceof Nested nested) {
      ObjectNode value = nested.type.decode(wire.bytes());
      if (!value.isEmpty()) {
        object.set(name, value);
      }
    } else if (content instanceof TextMap map) {
      entry(object.withObjectProperty(name), map, wire.bytes());
    } else if (content instanceof Plain plain) {
      plain(object, name, plain, wire);
    }
  }

  private static void plain(ObjectNode object, String name, Plain plain, WireReader.Field wire) {
    switch (plain) {
      case TEXT -> {
        if (wire.bytes().length > 0) {
          object.put(name, new String(wire.bytes(), StandardCharsets.UTF_8));
        }
      }
      case BYTES -> object.put(name, Base64.getEncoder().encodeToString(wire.bytes()));
      case NUMBER -> {
        if (wire.value() != 0) {
          object.set(name, Json.number(wire.value()));
        }
      }
      case FLAG -> object.put(name, wire.value() != 0);
      case TIME -> {
        if (wire.bytes().length > 0) {
          object.put(
              name, Meta.time(Instant.ofEpochSecond(new WireReader(wire.bytes()).next().value())));
        }
      }
      case JSON -> object.set(name, Json.readObject(new WireReader(wire.bytes()).next().bytes()));
      default -> throw new IllegalStateException(plain.name());
    }
  }

  /** A map is a list of messages with key 1 and value 2; either may be left out when empty. */
  private static void entry(ObjectNode map, TextMap type, byte[] data) {
    String key = "";
    byte[] value = {};
    WireReader reader = new WireReader(data);
    while (reader.hasNext()) {
      WireReader.Field field = reader.next();
      if (field.number() == 1) {
        key = new String(field.bytes(), StandardCharsets.UTF_8);
      } else {
        value = field.bytes();
      }
    }
    if (type.value == Plain.BYTES) {
      map.put(key, Base64.getEncoder().encodeToString(value));
    } else {
      map.put(key, new String(value, StandardCharsets.UTF_8));
    }
  }
}
