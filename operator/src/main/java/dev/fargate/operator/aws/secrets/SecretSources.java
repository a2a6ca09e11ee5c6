package dev.fargate.operator.aws.secrets;

import java.util.Map;
import java.util.Optional;

/** Kubernetes Secrets by name: the one way by which values reach this package. */
@FunctionalInterface
public interface SecretSources {
  /**
   * Empty when there is no such Secret, or none that may be read. May be called often: answers from
   * a cache are fine.
   */
  Optional<Source> get(String namespace, String name);

  /**
   * @param resourceVersion changes whenever a value may have changed
   */
  record Source(String resourceVersion, Map<String, SecretText> values) {
    public Source {
      values = Map.copyOf(values);
    }
  }
}
