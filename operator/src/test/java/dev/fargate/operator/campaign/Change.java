package dev.fargate.operator.campaign;

import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;

/**
 * One change of one of our objects, as the API server told it.
 *
 * @param deleted the object as it was last
 */
record Change(long version, Instant at, String kind, boolean deleted, CustomResource<?, ?> object) {
  String key() {
    return key(object);
  }

  static String key(CustomResource<?, ?> object) {
    String namespace = object.getMetadata().getNamespace();
    return (namespace == null ? "" : namespace + "/") + object.getMetadata().getName();
  }

  static long version(CustomResource<?, ?> object) {
    return Long.parseLong(object.getMetadata().getResourceVersion());
  }
}
