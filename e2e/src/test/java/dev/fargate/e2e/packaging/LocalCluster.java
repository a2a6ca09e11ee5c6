package dev.fargate.e2e.packaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.KubeServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** An embedded API server and a client to it. */
public final class LocalCluster implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a server adds to metadata. */
  private static final List<String> SERVERS_OWN =
      List.of("uid", "resourceVersion", "creationTimestamp", "generation", "managedFields");

  private final KubeServer server;
  private final KubernetesClient client;

  LocalCluster() {
    try {
      server = KubeServer.start(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.fromKubeconfig(server.kubeconfig()))
                    .withHttp2Disable(true)
                    .build())
            .build();
  }

  /** With our three kinds in it, from the files of crds/. */
  public static LocalCluster withOurKinds() {
    LocalCluster cluster = new LocalCluster();
    Repository.definitions().forEach(it -> cluster.resource(it).serverSideApply());
    return cluster;
  }

  KubeServer server() {
    return server;
  }

  KubernetesClient client() {
    return client;
  }

  /** Creates a namespace. */
  public void createNamespace(String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  /** The client's handle on an object. */
  public Resource<GenericKubernetesResource> resource(ObjectNode object) {
    return client.resource(JSON.convertValue(object, GenericKubernetesResource.class));
  }

  /** The stored object without what the server adds; empty when there is none. */
  public Optional<ObjectNode> stored(ObjectNode object) {
    return Optional.ofNullable(resource(object).get())
        .map(
            found -> {
              ObjectNode node = JSON.valueToTree((Object) found);
              ((ObjectNode) node.path("metadata")).remove(SERVERS_OWN);
              node.remove("status");
              return node;
            });
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
