package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pass reads of Kubernetes beside its own object. Reads only; from caches where there are.
 */
public interface Related {
  Optional<FargateEnvironment> environment(String name);

  Optional<FargateDatabase> database(String namespace, String name);

  Optional<FargateApp> app(String namespace, String name);

  /** All apps of all namespaces that name this environment. */
  List<FargateApp> appsIn(String environment);

  /** All databases of all namespaces that name this environment. */
  List<FargateDatabase> databasesIn(String environment);

  /** One value of a ConfigMap; empty when the map or the key does not exist. */
  Optional<String> configMapValue(String namespace, String name, String key);

  /** Whether a Secret has a key. Never the value. */
  boolean secretHasKey(String namespace, String name, String key);

  /** Labels of a namespace; empty when it does not exist. */
  Map<String, String> namespaceLabels(String namespace);

  /**
   * Whether nobody wishes for something newer than this object says: asked of the API server, not
   * of a cache. A process that begins with the list of an API server that lags behind, or whose
   * watch is late, would take back what has been done since.
   *
   * <p>false also when it is gone
   */
  boolean isNewest(HasMetadata object);

  /** Kubernetes does not let the operator read an object: only who gives rights can mend that. */
  final class Refused extends RuntimeException {
    /**
     * @param what kind and name; @param right the one that lacks, as {@code get secrets}
     */
    public Refused(String what, String right) {
      this(
          what
              + " may not be read: give the operator's ServiceAccount the right to "
              + right
              + " (the chart's ClusterRole has it).");
    }

    private Refused(String message) {
      super(message);
    }

    /** The same, beginning with the field of the spec that refers to it. */
    public Refused of(String field) {
      return new Refused(field + ": " + getMessage());
    }
  }
}
