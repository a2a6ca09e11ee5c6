package dev.fargate.local.kube.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.GroupResource;
import dev.fargate.local.kube.resource.ObjectKey;
import java.util.Optional;

/**
 * One change.
 *
 * @param version the resource version it made; versions have no gaps
 * @param object the state after the change; for a deletion the last state, carrying the new version
 * @param previous the state before; empty for a creation
 */
public record StoreEvent(
    long version,
    Type type,
    GroupResource resource,
    ObjectKey key,
    ObjectNode object,
    Optional<ObjectNode> previous) {

  /** What happened. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }
}
