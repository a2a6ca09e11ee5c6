package dev.fargate.local.kube.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Removes what a schema does not know. */
final class Pruning {
  private static final Set<String> EMBEDDED = Set.of("apiVersion", "kind", "metadata");

  private final List<String> removed = new ArrayList<>();

  private Pruning() {}

  /** Removes unknown fields in place and returns their paths. */
  static List<String> prune(Schema schema, ObjectNode object) {
    Pruning pruning = new Pruning();
    pruning.walk(schema, object, "");
    return pruning.removed;
  }

  private void walk(Schema schema, JsonNode value, String path) {
    if (value instanceof ObjectNode object) {
      walkObject(schema, object, path);
    } else if (value.isArray() && schema.items().isPresent()) {
      for (int i = 0; i < value.size(); i++) {
        walk(schema.item(), value.get(i), FieldPath.index(path, i));
      }
    }
  }

  private void walkObject(Schema schema, ObjectNode object, String path) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      String at = FieldPath.field(path, name);
      if (schema.declared(name).isPresent()) {
        walk(schema.field(name), object.get(name), at);
      } else if (!schema.preservesUnknown()
          && !(schema.embeddedResource() && EMBEDDED.contains(name))) {
        object.remove(name);
        removed.add(at);
      }
    }
  }
}
