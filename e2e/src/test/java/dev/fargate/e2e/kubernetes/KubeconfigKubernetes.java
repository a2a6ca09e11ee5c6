package dev.fargate.e2e.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.e2e.packaging.Repository;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The cluster of KUBECONFIG, as it is. The operator runs outside of it, by a token of its
 * ServiceAccount, so that the rights of manifests/base are all it has. The cluster is used alone:
 * it must hold nothing of our kinds when a test begins, and holds nothing of them afterwards.
 */
final class KubeconfigKubernetes implements Kubernetes {
  /** What of manifests/base gives the operator its rights; it is not run as a Deployment here. */
  private static final Set<String> RIGHTS =
      Set.of(
          "Namespace",
          "ServiceAccount",
          "ClusterRole",
          "ClusterRoleBinding",
          "Role",
          "RoleBinding");

  /** Longer than any one test class. */
  private static final Duration TOKEN = Duration.ofHours(2);

  private static final String ACCOUNT = "fargate-operator";

  private final KubernetesClient client;
  private final Config operator;

  KubeconfigKubernetes() {
    if (System.getenv("KUBECONFIG") == null) {
      throw new IllegalStateException(
          "-Dkube=kubeconfig needs KUBECONFIG: a cluster of at least 1.30 that nobody else uses");
    }
    client = Kubernetes.client(person());
    Kubernetes.applyDefinitions(person());
    if (!objects().isEmpty()) {
      throw new IllegalStateException(
          "this cluster has objects of our kinds, which these tests would delete: " + objects());
    }
    giveRights();
    operator = operatorsConfig();
  }

  private void giveRights() {
    for (var file : Repository.yamlFiles(Repository.root().resolve("manifests/base"), 1)) {
      for (ObjectNode object : Repository.documents(Repository.text(file))) {
        if (RIGHTS.contains(object.path("kind").asText())) {
          client
              .resource(Repository.asResource(object, GenericKubernetesResource.class))
              .forceConflicts()
              .serverSideApply();
        }
      }
    }
  }

  private Config operatorsConfig() {
    TokenRequest token =
        client
            .serviceAccounts()
            .inNamespace(OPERATOR_NAMESPACE)
            .withName(ACCOUNT)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(TOKEN.toSeconds())
                    .endSpec()
                    .build());
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(client.getConfiguration().getMasterUrl())
        .withCaCertData(client.getConfiguration().getCaCertData())
        .withCaCertFile(client.getConfiguration().getCaCertFile())
        .withTrustCerts(client.getConfiguration().isTrustCerts())
        .withDisableHostnameVerification(client.getConfiguration().isDisableHostnameVerification())
        .withOauthToken(token.getStatus().getToken())
        .build();
  }

  @Override
  public Config person() {
    return Config.autoConfigure(null);
  }

  @Override
  public Config operator() {
    return operator;
  }

  /** An API server records nobody's calls: resource versions have to tell. */
  @Override
  public List<String> operatorWrites() {
    return List.of();
  }

  @Override
  public void forgetWrites() {
    // Nothing is remembered.
  }

  private List<HasMetadata> objects() {
    List<HasMetadata> objects = new ArrayList<>();
    objects.addAll(client.resources(FargateApp.class).inAnyNamespace().list().getItems());
    objects.addAll(client.resources(FargateDatabase.class).inAnyNamespace().list().getItems());
    objects.addAll(client.resources(FargateEnvironment.class).list().getItems());
    return objects;
  }

  /**
   * The AWS of these objects is gone, and no operator runs: nobody else takes the finalizers off.
   */
  @Override
  public void close() {
    for (HasMetadata object : objects()) {
      client.resource(object).delete();
      HasMetadata marked = client.resource(object).get();
      if (marked != null) {
        marked.getMetadata().setManagedFields(null);
        marked.getMetadata().setFinalizers(List.of());
        client.resource(marked).update();
      }
    }
    client.close();
  }
}
