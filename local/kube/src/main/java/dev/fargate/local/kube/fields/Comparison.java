package dev.fargate.local.kube.fields;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fargate.local.kube.schema.Schema;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which fields differ between two states of an object. */
record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {

  static Comparison of(Schema schema, JsonNode before, JsonNode after) {
    Comparison result = new Comparison(new FieldSet(), new FieldSet(), new FieldSet());
    result.walk(schema, before, after, new At(result.added, result.modified, result.removed));
    return result;
  }

  /** The same place in the three sets. */
  private record At(FieldSet added, FieldSet modified, FieldSet removed) {
    At step(PathElement step) {
      return new At(added.at(step), modified.at(step), removed.at(step));
    }
  }

  private void walk(Schema schema, JsonNode before, JsonNode after, At at) {
    boolean maps =
        fits(
            TypedTree.granularMap(schema, before),
            before,
            TypedTree.granularMap(schema, after),
            after);
    boolean lists =
        fits(
            TypedTree.granularList(schema, before),
            before,
            TypedTree.granularList(schema, after),
            after);
    if (maps && !(isEmpty(before) && isEmpty(after))) {
      walkMap(schema, before, after, at);
      markWhole(before, after, at);
    } else if (lists && !(isEmpty(before) && isEmpty(after))) {
      walkList(schema, before, after, at);
      markWhole(before, after, at);
    } else if (before == null) {
      at.added.add();
    } else if (after == null) {
      at.removed.add();
    } else if (!before.equals(after)) {
      at.modified.add();
    }
  }

  private void walkMap(Schema schema, JsonNode before, JsonNode after, At at) {
    Set<String> names = new LinkedHashSet<>();
    addNames(before, names);
    addNames(after, names);
    for (String name : names) {
      walk(
          schema.field(name),
          field(before, name),
          field(after, name),
          at.step(PathElement.field(name)));
    }
  }

  private void walkList(Schema schema, JsonNode before, JsonNode after, At at) {
    Map<PathElement, JsonNode> old = before == null ? Map.of() : TypedTree.items(schema, before);
    Map<PathElement, JsonNode> now = after == null ? Map.of() : TypedTree.items(schema, after);
    Set<PathElement> steps = new LinkedHashSet<>(old.keySet());
    steps.addAll(now.keySet());
    for (PathElement step : steps) {
      At item = at.step(step);
      walk(schema.item(), old.get(step), now.get(step), item);
    }
  }

  private static void markWhole(JsonNode before, JsonNode after, At at) {
    if (before == null) {
      at.added.add();
    } else if (after == null) {
      at.removed.add();
    }
  }

  /** Whether both sides can be walked: each is of the form, or absent, and not both absent. */
  private static boolean fits(
      boolean beforeFits, JsonNode before, boolean afterFits, JsonNode after) {
    return (beforeFits || before == null)
        && (afterFits || after == null)
        && (beforeFits || afterFits);
  }

  private static boolean isEmpty(JsonNode node) {
    return node == null || node.isEmpty();
  }

  private static void addNames(JsonNode node, Set<String> names) {
    if (node != null) {
      node.fieldNames().forEachRemaining(names::add);
    }
  }

  private static JsonNode field(JsonNode node, String name) {
    return node == null ? null : node.get(name);
  }
}
