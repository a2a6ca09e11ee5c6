package dev.fargate.local.kube.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.schema.ListType;
import dev.fargate.local.kube.schema.Schema;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.StatusError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of a field path, as {@code fieldsV1} writes it: {@code f:name}, {@code
 * k:{"key":"value"}}, {@code v:"value"} or {@code i:0}. The text is canonical, so equal steps have
 * equal texts.
 */
public record PathElement(String text) implements Comparable<PathElement> {
  /** Stands for the node itself in {@code fieldsV1}. */
  static final String SELF = ".";

  static PathElement field(String name) {
    return new PathElement("f:" + name);
  }

  /** The step to an item of a set or map list; empty when a keyed item lacks all its keys. */
  static Optional<PathElement> item(Schema list, JsonNode item) {
    if (list.listType() == ListType.SET) {
      return Optional.of(new PathElement("v:" + text(item)));
    }
    List<String> keys = new ArrayList<>(list.listMapKeys());
    Collections.sort(keys);
    ObjectNode key = Json.object();
    for (String name : keys) {
      JsonNode value = item.has(name) ? item.get(name) : list.item().field(name).keyword("default");
      if (!value.isMissingNode()) {
        key.set(name, value);
      }
    }
    return key.isEmpty() ? Optional.empty() : Optional.of(new PathElement("k:" + text(key)));
  }

  /**
   * Reads a step from {@code fieldsV1}.
   *
   * @throws StatusError 400 when it is none
   */
  static PathElement parse(String text) {
    if (text.length() < 2 || text.charAt(1) != ':' || "fkvi".indexOf(text.charAt(0)) < 0) {
      throw StatusError.badRequest(
          "metadata.managedFields: unreadable path element \"" + text + "\"");
    }
    return new PathElement(text);
  }

  /** The step as conflict messages show it: {@code .name}, {@code [key="value"]}. */
  String readable() {
    String rest = text.substring(2);
    return switch (text.charAt(0)) {
      case 'f' -> "." + rest;
      case 'k' -> "[" + keys(rest) + "]";
      case 'v' -> "[=" + rest + "]";
      default -> "[" + rest + "]";
    };
  }

  private static String keys(String json) {
    ObjectNode key = Json.readObject(json.getBytes(StandardCharsets.UTF_8));
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : key.properties()) {
      parts.add(entry.getKey() + "=" + entry.getValue());
    }
    return String.join(",", parts);
  }

  private static String text(JsonNode node) {
    return new String(Json.bytes(node), StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(PathElement other) {
    return text.compareTo(other.text);
  }
}
