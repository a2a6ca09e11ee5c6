package dev.fargate.e2e.kubernetes;

import dev.fargate.e2e.packaging.Repository;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;

/**
 * The Kubernetes that a whole-system test runs against: the embedded API server, or with {@code
 * -Dkube=kubeconfig} the cluster of KUBECONFIG. With our three kinds in it, and nothing of these
 * kinds.
 */
public interface Kubernetes extends AutoCloseable {
  /** Where the operator's Lease is. */
  String OPERATOR_NAMESPACE = "fargate-operator";

  /** Starts the one, or connects to the other. */
  static Kubernetes start() {
    String kind = System.getProperty("kube", "embedded");
    return switch (kind) {
      case "embedded" -> new EmbeddedKubernetes();
      case "kubeconfig" -> new KubeconfigKubernetes();
      default ->
          throw new IllegalArgumentException("-Dkube is embedded or kubeconfig, not " + kind);
    };
  }

  /** A person's, who may do everything. */
  Config person();

  /** The operator's: where rights are enforced, with those of manifests/base and no others. */
  Config operator();

  /**
   * What the operator has written since {@link #forgetWrites}, in words, but for its Lease; as far
   * as this Kubernetes tells. What is written to our own objects is seen in their resource
   * versions, too.
   */
  List<String> operatorWrites();

  void forgetWrites();

  @Override
  void close();

  /** Applies the definitions of crds/. */
  static void applyDefinitions(Config person) {
    try (KubernetesClient client = client(person)) {
      Repository.definitions()
          .forEach(
              definition ->
                  client
                      .resource(Repository.asResource(definition, GenericKubernetesResource.class))
                      .forceConflicts()
                      .serverSideApply());
    }
  }

  /** A client; the caller closes it. */
  static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
