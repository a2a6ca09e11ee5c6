package dev.fargate.local.kube.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.resource.ResourceType;
import dev.fargate.local.kube.wire.Json;
import java.util.List;
import java.util.Set;

/**
 * {@code metadata.generation}: counts the changes of what is wanted, never those of metadata or
 * status.
 */
final class Generation {
  private static final Set<String> BUILT_IN =
      Set.of("Deployment", "PodDisruptionBudget", "NetworkPolicy", "CustomResourceDefinition");

  private Generation() {}

  static boolean counts(ResourceType type) {
    return type.custom() || BUILT_IN.contains(type.names().kind());
  }

  static void bumpIfChanged(ResourceType type, ObjectNode live, ObjectNode next) {
    if (counts(type) && !wanted(type, live).equals(wanted(type, next))) {
      bump(next);
    }
  }

  /** Also called when deletion is asked for: that is a change of what is wanted. */
  static void bump(ObjectNode object) {
    ObjectNode meta = Meta.of(object);
    if (meta.has("generation")) {
      meta.set("generation", Json.number(meta.get("generation").asLong() + 1));
    }
  }

  private static ObjectNode wanted(ResourceType type, ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.remove("metadata");
    if (type.hasStatus()) {
      copy.remove(List.of("status"));
    }
    return copy;
  }
}
