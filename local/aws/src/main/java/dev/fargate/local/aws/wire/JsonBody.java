package dev.fargate.local.aws.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes structures as JSON by the model; times are epoch seconds (AWS-FACTS 1). */
final class JsonBody {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServiceModel model;

  /** Whether members go by their location name; awsJson takes no notice of it. */
  private final boolean locationNames;

  JsonBody(ServiceModel model, boolean locationNames) {
    this.model = model;
    this.locationNames = locationNames;
  }

  /** An empty body is an empty object. */
  Struct read(Shape.Structure shape, byte[] body) {
    JsonNode node;
    try {
      node = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (IOException e) {
      throw refused("the request body is not JSON");
    }
    return structure(shape, node, "request");
  }

  byte[] write(Shape.Structure shape, Struct struct) {
    return bytes(node(shape, struct));
  }

  /** The modelled members of an error, its message under the model's name, and these texts. */
  byte[] write(AwsException error, Map<String, String> more) {
    Optional<Shape.Structure> shape = model.error(error.code());
    ObjectNode body = shape.map(s -> node(s, error.members())).orElseGet(JSON::createObjectNode);
    more.forEach(body::put);
    String message =
        shape.stream()
            .flatMap(s -> s.members().keySet().stream())
            .filter("message"::equalsIgnoreCase)
            .findFirst()
            .orElse("message");
    body.put(message, error.getMessage());
    return bytes(body);
  }

  /** Reads a structure from a tree, of JSON or of a format with the same tree. */
  Struct structure(Shape.Structure shape, JsonNode node, String path) {
    if (!node.isObject()) {
      throw refused(path + " must be an object");
    }
    Map<String, String> names = new LinkedHashMap<>();
    shape.members().forEach((name, member) -> names.put(key(name, member), name));
    Struct struct = Struct.of();
    node.properties()
        .forEach(
            entry -> {
              String name = names.get(entry.getKey());
              if (name == null) {
                throw refused(
                    path
                        + " has member '"
                        + entry.getKey()
                        + "', which "
                        + shape.name()
                        + " does not have");
              }
              Shape.Member member = shape.members().get(name);
              if (!entry.getValue().isNull()) {
                struct.with(
                    name, value(model.shape(member.shape()), entry.getValue(), path + "." + name));
              }
            });
    return struct;
  }

  private Object value(Shape shape, JsonNode node, String path) {
    if (shape instanceof Shape.Structure structure) {
      return structure(structure, node, path);
    }
    if (shape instanceof Shape.ListOf list && node.isArray()) {
      Shape item = model.shape(list.member().shape());
      List<Object> items = new ArrayList<>();
      for (JsonNode child : node) {
        if (child.isNull()) {
          throw refused(path + " has a null item");
        }
        items.add(value(item, child, path + "." + items.size()));
      }
      return items;
    }
    if (shape instanceof Shape.MapOf map && node.isObject()) {
      Shape item = model.shape(map.value().shape());
      Map<String, Object> entries = new LinkedHashMap<>();
      node.properties()
          .forEach(
              e -> entries.put(e.getKey(), value(item, e.getValue(), path + "." + e.getKey())));
      return entries;
    }
    return scalar(shape, node)
        .orElseThrow(
            () ->
                refused(
                    path
                        + " must be a "
                        + shape.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT)
                        + " ("
                        + shape.name()
                        + "), not a JSON "
                        + node.getNodeType().toString().toLowerCase(java.util.Locale.ROOT)));
  }

  private static Optional<Object> scalar(Shape shape, JsonNode node) {
    if (shape instanceof Shape.Text && node.isTextual()) {
      return Optional.of(node.textValue());
    }
    if (shape instanceof Shape.Whole whole && node.isIntegralNumber()) {
      if (whole.isLong()) {
        return node.canConvertToLong() ? Optional.of(node.longValue()) : Optional.empty();
      }
      return node.canConvertToInt() ? Optional.of(node.intValue()) : Optional.empty();
    }
    if (shape instanceof Shape.Decimal && node.isNumber()) {
      return Optional.of(node.doubleValue());
    }
    if (shape instanceof Shape.Bool && node.isBoolean()) {
      return Optional.of(node.booleanValue());
    }
    if (shape instanceof Shape.Time && node.isNumber()) {
      long millis = node.decimalValue().movePointRight(3).longValue();
      return Optional.of(Instant.ofEpochMilli(millis));
    }
    if (shape instanceof Shape.Blob && node.isTextual()) {
      try {
        return Optional.of(node.binaryValue());
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private ObjectNode node(Shape.Structure shape, Struct struct) {
    ObjectNode node = JSON.createObjectNode();
    struct
        .members()
        .forEach(
            (name, value) -> {
              Shape.Member member = shape.members().get(name);
              node.set(key(name, member), node(model.shape(member.shape()), value));
            });
    return node;
  }

  private String key(String name, Shape.Member member) {
    return locationNames ? member.wireName(name) : name;
  }

  private JsonNode node(Shape shape, Object value) {
    if (shape instanceof Shape.Structure structure) {
      return node(structure, (Struct) value);
    }
    if (shape instanceof Shape.ListOf list) {
      ArrayNode items = JSON.createArrayNode();
      ((List<?>) value).forEach(item -> items.add(node(model.shape(list.member().shape()), item)));
      return items;
    }
    if (shape instanceof Shape.MapOf map) {
      ObjectNode entries = JSON.createObjectNode();
      ((Map<?, ?>) value)
          .forEach((k, v) -> entries.set((String) k, node(model.shape(map.value().shape()), v)));
      return entries;
    }
    if (shape instanceof Shape.Time) {
      return JSON.getNodeFactory()
          .numberNode(BigDecimal.valueOf(((Instant) value).toEpochMilli(), 3));
    }
    return JSON.valueToTree(value);
  }

  private static byte[] bytes(ObjectNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AwsException refused(String message) {
    return new AwsException("SerializationException", message);
  }
}
