package dev.fargate.local.kube.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.schema.ListType;
import dev.fargate.local.kube.schema.Schema;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a value falls into fields under its schema: what is one piece, and what has parts of its own.
 */
final class TypedTree {
  private TypedTree() {}

  /** Whether the value is an object whose fields are owned one by one. */
  static boolean granularMap(Schema schema, JsonNode value) {
    return value instanceof ObjectNode && !schema.atomicMap();
  }

  /**
   * Whether the value is a list whose items are owned one by one. A list in which two items are the
   * same, or one lacks its keys, is one piece: validation will refuse it.
   */
  static boolean granularList(Schema schema, JsonNode value) {
    if (!(value instanceof ArrayNode) || schema.listType() == ListType.ATOMIC) {
      return false;
    }
    Set<PathElement> seen = new HashSet<>();
    for (JsonNode item : value) {
      Optional<PathElement> step = PathElement.item(schema, item);
      if (step.isEmpty() || !seen.add(step.get())) {
        return false;
      }
    }
    return true;
  }

  /** The items of a granular list by their steps, in order. */
  static Map<PathElement, JsonNode> items(Schema schema, JsonNode list) {
    Map<PathElement, JsonNode> items = new LinkedHashMap<>();
    list.forEach(item -> items.put(PathElement.item(schema, item).orElseThrow(), item));
    return items;
  }

  /** All the paths of an applied configuration: what its sender owns. */
  static FieldSet fieldsOf(Schema schema, JsonNode value) {
    FieldSet set = new FieldSet();
    collect(schema, value, set);
    return set;
  }

  private static void collect(Schema schema, JsonNode value, FieldSet set) {
    if (granularMap(schema, value)) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        FieldSet child = set.at(PathElement.field(entry.getKey()));
        JsonNode field = entry.getValue();
        collect(schema.field(entry.getKey()), field, child);
        if (field.isNull() || (field.isObject() && field.isEmpty())) {
          child.add();
        }
      }
    } else if (granularList(schema, value)) {
      items(schema, value)
          .forEach(
              (step, item) -> {
                FieldSet child = set.at(step);
                collect(schema.item(), item, child);
                child.add();
              });
    } else {
      set.add();
    }
  }
}
