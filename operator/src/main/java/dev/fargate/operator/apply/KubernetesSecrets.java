package dev.fargate.operator.apply;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/** The few calls by which a Kubernetes Secret is kept; each names exactly one. */
public interface KubernetesSecrets {
  Optional<Secret> get(String namespace, String name) throws Refused;

  /** Fails when there is one of that name. */
  void create(Secret secret) throws Refused;

  /** Fails when it is no more at the resourceVersion that the given one carries. */
  void replace(Secret secret) throws Refused;

  /** Fails when it is no more at the resourceVersion that the given one carries. */
  void delete(Secret secret) throws Refused;

  /** Kubernetes did not do it. Its message holds no value. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean denied;

    /**
     * @param denied whether a right is missing; else it is worth another try
     */
    public Refused(boolean denied, String message) {
      super(message);
      this.denied = denied;
    }

    public boolean denied() {
      return denied;
    }
  }
}
