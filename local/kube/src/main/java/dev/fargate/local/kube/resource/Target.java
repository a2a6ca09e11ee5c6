package dev.fargate.local.kube.resource;

import dev.fargate.local.kube.wire.StatusError;

/**
 * What a request's path points at.
 *
 * @param namespace empty for cluster-scoped resources, and for lists over all namespaces
 * @param name empty for the collection
 * @param subresource empty for the object itself
 */
public record Target(ResourceType type, String namespace, String name, String subresource) {

  /** The object itself, without subresource. */
  public static Target object(ResourceType type, ObjectKey key) {
    return new Target(type, key.namespace(), key.name(), "");
  }

  /** The object's key. */
  public ObjectKey key() {
    return new ObjectKey(namespace, name);
  }

  /** What errors name. */
  public StatusError.Subject subject() {
    return type.subject(name);
  }
}
