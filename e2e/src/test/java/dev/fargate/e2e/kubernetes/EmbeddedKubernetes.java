package dev.fargate.e2e.kubernetes;

import dev.fargate.local.kube.KubeServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Ours, in this JVM. It asks nobody for rights, and records who calls what. */
final class EmbeddedKubernetes implements Kubernetes {
  /** Who calls, in its record. */
  private static final String OPERATOR = "operator";

  private static final String PERSON = "person";

  private final KubeServer server;

  EmbeddedKubernetes() {
    try {
      server = KubeServer.start(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Kubernetes.applyDefinitions(person());
    try (KubernetesClient client = Kubernetes.client(person())) {
      client
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(OPERATOR_NAMESPACE)
                  .endMetadata()
                  .build())
          .create();
    }
  }

  @Override
  public Config person() {
    return config(PERSON);
  }

  @Override
  public Config operator() {
    return config(OPERATOR);
  }

  private Config config(String userAgent) {
    return new ConfigBuilder(Config.fromKubeconfig(server.kubeconfig()))
        .withHttp2Disable(true)
        .withUserAgent(userAgent)
        .build();
  }

  @Override
  public List<String> operatorWrites() {
    return server.api().recorder().writes().stream()
        .filter(call -> call.userAgent().equals(OPERATOR))
        .filter(call -> !call.resource().equals("leases"))
        .map(call -> call.verb() + " " + call.rbacResource() + " " + call.name())
        .toList();
  }

  @Override
  public void forgetWrites() {
    server.api().recorder().clear();
  }

  @Override
  public void close() {
    server.close();
  }
}
