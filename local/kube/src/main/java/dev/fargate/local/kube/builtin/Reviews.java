package dev.fargate.local.kube.builtin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.wire.StatusError;
import java.util.List;

/**
 * Questions about what the caller may do. There is no authorization here: the answer is always yes,
 * and says why.
 */
public final class Reviews {
  private Reviews() {}

  /**
   * Answers a review.
   *
   * @param body the review as sent; not changed
   */
  public static ObjectNode answer(ResourceType type, ObjectNode body) {
    ObjectNode review = body.deepCopy();
    review.put("apiVersion", type.version().toString()).put("kind", type.names().kind());
    ObjectNode status = review.putObject("status");
    switch (type.names().kind()) {
      case "SelfSubjectAccessReview" ->
          status
              .put("allowed", true)
              .put("reason", "this local server has no authorization: everything is allowed");
      case "SelfSubjectRulesReview" -> rules(status);
      default -> throw StatusError.internal("no answer is known to " + type.names().kind());
    }
    return review;
  }

  private static void rules(ObjectNode status) {
    ObjectNode resources = status.putArray("resourceRules").addObject();
    List.of("verbs", "apiGroups", "resources").forEach(field -> all(resources.putArray(field)));
    ObjectNode paths = status.putArray("nonResourceRules").addObject();
    List.of("verbs", "nonResourceURLs").forEach(field -> all(paths.putArray(field)));
    status.put("incomplete", false);
  }

  private static void all(ArrayNode list) {
    list.add("*");
  }
}
