package dev.fargate.local.kube.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.StatusError;
import java.util.Map;

/**
 * Strategic merge patch of built-in kinds, without their schemas: a merge patch; directives are
 * refused.
 */
final class StrategicMergePatch {
  private StrategicMergePatch() {}

  static ObjectNode apply(ObjectNode object, ObjectNode patch) {
    refuseDirectives(patch);
    return Json.asObject(MergePatch.apply(object, patch));
  }

  private static void refuseDirectives(JsonNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (entry.getKey().startsWith("$")) {
        throw StatusError.of(
            422,
            "Invalid",
            "strategic merge directive "
                + entry.getKey()
                + " is not supported by this local server");
      }
    }
    node.forEach(StrategicMergePatch::refuseDirectives);
  }
}
