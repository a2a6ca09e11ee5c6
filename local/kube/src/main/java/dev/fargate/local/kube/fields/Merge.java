package dev.fargate.local.kube.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.schema.Schema;
import dev.fargate.local.kube.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lays an applied configuration over the live object, and takes out what its sender no longer
 * applies.
 */
final class Merge {
  private Merge() {}

  /** The live value with the configuration laid over it. */
  static JsonNode over(Schema schema, JsonNode live, JsonNode applied) {
    if (TypedTree.granularMap(schema, live) && TypedTree.granularMap(schema, applied)) {
      ObjectNode merged = ((ObjectNode) live).deepCopy();
      for (Map.Entry<String, JsonNode> entry : applied.properties()) {
        JsonNode below = live.get(entry.getKey());
        merged.set(entry.getKey(), over(schema.field(entry.getKey()), below, entry.getValue()));
      }
      return merged;
    }
    if (TypedTree.granularList(schema, live) && TypedTree.granularList(schema, applied)) {
      return overList(schema, live, applied);
    }
    return applied.deepCopy();
  }

  /**
   * The applied order counts for the items both have; items only the live list has keep their place
   * before the next.
   */
  private static ArrayNode overList(Schema schema, JsonNode live, JsonNode applied) {
    Map<PathElement, JsonNode> old = TypedTree.items(schema, live);
    Map<PathElement, JsonNode> wanted = TypedTree.items(schema, applied);
    List<PathElement> oldSteps = new ArrayList<>(old.keySet());
    ArrayNode merged = Json.array();
    int at = 0;
    for (Map.Entry<PathElement, JsonNode> item : wanted.entrySet()) {
      JsonNode below = old.get(item.getKey());
      if (below != null) {
        while (at < oldSteps.size() && !wanted.containsKey(oldSteps.get(at))) {
          merged.add(old.get(oldSteps.get(at++)));
        }
        at++;
      }
      merged.add(
          below == null ? item.getValue().deepCopy() : over(schema.item(), below, item.getValue()));
    }
    for (; at < oldSteps.size(); at++) {
      if (!wanted.containsKey(oldSteps.get(at))) {
        merged.add(old.get(oldSteps.get(at)));
      }
    }
    return merged;
  }

  /**
   * The value without what its sender applied last time and nobody keeps.
   *
   * @param last what the sender owned
   * @param kept what anybody owns now, the sender's new configuration included
   */
  static JsonNode prune(Schema schema, JsonNode value, FieldSet last, FieldSet kept) {
    if (TypedTree.granularMap(schema, value)) {
      ObjectNode result = Json.object();
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        PathElement step = PathElement.field(entry.getKey());
        if (keeps(step, last, kept)) {
          JsonNode below = entry.getValue();
          result.set(
              entry.getKey(),
              prune(schema.field(entry.getKey()), below, last.under(step), kept.under(step)));
        }
      }
      return result;
    }
    if (TypedTree.granularList(schema, value)) {
      ArrayNode result = Json.array();
      TypedTree.items(schema, value)
          .forEach(
              (step, item) -> {
                if (keeps(step, last, kept)) {
                  result.add(prune(schema.item(), item, last.under(step), kept.under(step)));
                }
              });
      return result;
    }
    return value;
  }

  private static boolean keeps(PathElement step, FieldSet last, FieldSet kept) {
    return last.under(step).isEmpty() || !kept.under(step).isEmpty();
  }
}
