package dev.fargate.operator.cli.preview;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/**
 * What a cluster has of ours, read once.
 *
 * @param apps of all namespaces
 */
record ClusterObjects(
    List<FargateEnvironment> environments, List<FargateDatabase> databases, List<FargateApp> apps) {

  /** No cluster. */
  static ClusterObjects none() {
    return new ClusterObjects(List.of(), List.of(), List.of());
  }

  static ClusterObjects read(KubernetesClient client) {
    return new ClusterObjects(
        client.resources(FargateEnvironment.class).list().getItems(),
        client.resources(FargateDatabase.class).inAnyNamespace().list().getItems(),
        client.resources(FargateApp.class).inAnyNamespace().list().getItems());
  }
}
