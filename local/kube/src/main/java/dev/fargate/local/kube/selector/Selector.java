package dev.fargate.local.kube.selector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.wire.Query;
import java.util.function.Predicate;

/** Which objects a list or a watch is about: label and field selector together. */
public record Selector(Predicate<JsonNode> matches) {

  /**
   * Reads {@code labelSelector} and {@code fieldSelector}.
   *
   * @throws dev.fargate.local.kube.wire.StatusError 400 when either cannot be read or names an
   *     unsupported field
   */
  public static Selector of(Query query, ResourceType type) {
    return new Selector(
        LabelSelectors.parse(query.first("labelSelector"))
            .and(FieldSelectors.parse(query.first("fieldSelector"), type)));
  }

  /** Whether the object is selected. */
  public boolean test(JsonNode object) {
    return matches.test(object);
  }
}
