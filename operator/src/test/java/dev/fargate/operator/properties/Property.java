package dev.fargate.operator.properties;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One property of a spec that holds a value, a list of values or a map of values. Of a list of
 * objects the first item stands for all.
 *
 * @param path such as {@code spec.ingresses[0].hosts}
 */
public record Property(String path, JsonNode schema) {
  private static final String FIRST = "[0]";

  /** All of a kind, in the order of the schema. */
  public static List<Property> of(String kind) {
    List<Property> properties = new ArrayList<>();
    walk("spec", ApiServer.spec(kind), properties);
    return properties;
  }

  private static void walk(String path, JsonNode schema, List<Property> properties) {
    if (schema.has("properties")) {
      schema
          .get("properties")
          .properties()
          .forEach(field -> walk(path + "." + field.getKey(), field.getValue(), properties));
    } else if (schema.at("/items").has("properties")) {
      walk(path + FIRST, schema.get("items"), properties);
    } else {
      properties.add(new Property(path, schema));
    }
  }

  /** Puts a value there, with all that has to be around it. */
  void set(ObjectNode object, JsonNode value) {
    List<String> steps = new ArrayList<>(List.of(path.replace(FIRST, ".0").split("\\.")));
    String last = steps.remove(steps.size() - 1);
    JsonNode at = object;
    for (int i = 0; i < steps.size(); i++) {
      boolean list = (i + 1 < steps.size() ? steps.get(i + 1) : last).equals("0");
      at = child(at, steps.get(i), list);
    }
    ((ObjectNode) at).set(last, value);
  }

  private static JsonNode child(JsonNode at, String step, boolean list) {
    if (at instanceof ArrayNode array) {
      return array.isEmpty() ? array.addObject() : array.get(0);
    }
    ObjectNode object = (ObjectNode) at;
    if (!object.has(step)) {
      return list ? object.putArray(step) : object.putObject(step);
    }
    return object.get(step);
  }

  /** Values that the schema does not take; empty where it takes every one. */
  List<JsonNode> invalid() {
    List<JsonNode> values = new ArrayList<>();
    String type = schema.path("type").asText();
    switch (type) {
      case "integer" -> {
        values.add(ApiServer.JSON.getNodeFactory().textNode("many"));
        if (schema.has("minimum")) {
          values.add(number(schema.get("minimum").asLong() - 1));
        }
        if (schema.has("maximum")) {
          values.add(number(schema.get("maximum").asLong() + 1));
        }
        if (schema.has("enum")) {
          values.add(number(schema.get("enum").get(0).asLong() + 1000000));
        }
      }
      case "boolean" -> values.add(ApiServer.JSON.getNodeFactory().textNode("yes"));
      case "string" -> {
        values.add(number(1));
        if (schema.has("enum") || schema.has("pattern")) {
          values.add(ApiServer.JSON.getNodeFactory().textNode("\u0000 no such value \n"));
        }
        if (schema.has("maxLength")) {
          values.add(
              ApiServer.JSON
                  .getNodeFactory()
                  .textNode("1".repeat(schema.get("maxLength").asInt() + 1)));
        }
      }
      case "array" -> values.add(ApiServer.JSON.getNodeFactory().textNode("one"));
      default -> values.add(ApiServer.JSON.createArrayNode().add("one"));
    }
    return values;
  }

  private static JsonNode number(long value) {
    return ApiServer.JSON.getNodeFactory().numberNode(value);
  }
}
