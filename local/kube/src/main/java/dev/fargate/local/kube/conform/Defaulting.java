package dev.fargate.local.kube.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fills in defaults, and drops nulls where null is no value. */
final class Defaulting {
  private Defaulting() {}

  static void fill(Schema schema, JsonNode value) {
    if (value instanceof ObjectNode object) {
      fillObject(schema, object);
    } else if (value.isArray()) {
      value.forEach(item -> fill(schema.item(), item));
    }
  }

  private static void fillObject(Schema schema, ObjectNode object) {
    for (Map.Entry<String, Schema> property : schema.properties().entrySet()) {
      JsonNode present = object.get(property.getKey());
      boolean noValue = present == null || (present.isNull() && !property.getValue().nullable());
      JsonNode standard = property.getValue().keyword("default");
      if (noValue && !standard.isMissingNode()) {
        object.set(property.getKey(), standard.deepCopy());
      } else if (present != null && noValue) {
        object.remove(property.getKey());
      }
    }
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      fill(schema.field(name), object.get(name));
    }
  }
}
