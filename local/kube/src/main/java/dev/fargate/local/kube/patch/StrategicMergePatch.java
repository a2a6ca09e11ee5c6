package dev.fargate.local.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.StatusError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Strategic merge patch of built-in kinds: a merge patch whose lists of objects merge by key where
 * Kubernetes has a key for them. Directives: {@code $setElementOrder}, {@code $retainKeys} and
 * {@code $patch: delete}; others are refused.
 */
final class StrategicMergePatch {
  private static final String ORDER = "$setElementOrder/";
  private static final String RETAIN = "$retainKeys";
  private static final String PATCH = "$patch";

  private StrategicMergePatch() {}

  /**
   * The object with the patch applied.
   *
   * @throws StatusError 422 for a directive that is not supported
   */
  static ObjectNode apply(ObjectNode object, ObjectNode patch) {
    return mergeObject(object, patch);
  }

  private static ObjectNode mergeObject(ObjectNode target, ObjectNode patch) {
    ObjectNode result = target.deepCopy();
    retain(result, patch.get(RETAIN));
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      String name = entry.getKey();
      JsonNode value = entry.getValue();
      if (name.startsWith(ORDER) || name.equals(RETAIN)) {
        continue;
      }
      if (name.startsWith("$")) {
        throw unsupported(name + ": " + value);
      }
      if (value.isNull()) {
        result.remove(name);
      } else {
        result.set(name, merge(name, result.path(name), value, patch.path(ORDER + name)));
      }
    }
    return result;
  }

  private static JsonNode merge(String name, JsonNode target, JsonNode value, JsonNode order) {
    if (value instanceof ObjectNode object) {
      return mergeObject(target instanceof ObjectNode below ? below : Json.object(), object);
    }
    if (value instanceof ArrayNode list) {
      Optional<String> key = MergeKeys.of(name, list, target);
      if (key.isPresent()) {
        return mergeList(target, list, key.get(), order);
      }
      refuseDirectives(list);
    }
    return value.deepCopy();
  }

  private static ArrayNode mergeList(JsonNode target, ArrayNode patch, String key, JsonNode order) {
    Map<JsonNode, JsonNode> items = new LinkedHashMap<>();
    target.forEach(item -> items.put(item.path(key), item));
    for (JsonNode item : patch) {
      JsonNode id = item.path(key);
      String directive = item.path(PATCH).asText("");
      if (directive.equals("delete")) {
        items.remove(id);
      } else if (!directive.isEmpty()) {
        throw unsupported(PATCH + ": " + directive);
      } else {
        ObjectNode below = items.get(id) instanceof ObjectNode existing ? existing : Json.object();
        items.put(id, mergeObject(below, Json.asObject(item)));
      }
    }
    return ordered(items, order, key);
  }

  /** The items in the wanted order; those it does not name come last. */
  private static ArrayNode ordered(Map<JsonNode, JsonNode> items, JsonNode order, String key) {
    List<JsonNode> sorted = new ArrayList<>();
    for (JsonNode place : order) {
      JsonNode item = items.remove(place.path(key));
      if (item != null) {
        sorted.add(item);
      }
    }
    sorted.addAll(items.values());
    return Json.array().addAll(sorted);
  }

  private static void retain(ObjectNode target, JsonNode keys) {
    if (keys == null) {
      return;
    }
    List<String> names = new ArrayList<>();
    keys.forEach(k -> names.add(k.asText()));
    target.retain(names);
  }

  private static void refuseDirectives(JsonNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (entry.getKey().startsWith("$")) {
        throw unsupported(entry.getKey());
      }
    }
    node.forEach(StrategicMergePatch::refuseDirectives);
  }

  private static StatusError unsupported(String directive) {
    return StatusError.of(
        422,
        "Invalid",
        "strategic merge directive " + directive + " is not supported by this local server here");
  }
}
