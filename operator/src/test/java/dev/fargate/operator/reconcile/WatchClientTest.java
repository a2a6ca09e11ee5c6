package dev.fargate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fargate.local.kube.KubeServer;
import dev.fargate.local.kube.record.Call;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an API server that speaks no WebSocket. */
class WatchClientTest {
  private KubeServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() throws Exception {
    server = KubeServer.start(0);
    client = WatchClient.of(Config.fromKubeconfig(server.kubeconfig()), null);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void anInformerOfAKindWithoutAnyChangeSaysThatItWatches() {
    try (SharedIndexInformer<ConfigMap> informer = client.configMaps().inAnyNamespace().inform()) {
      await().until(informer::isWatching);
      assertThat(informer.getStore().list()).isEmpty();
    }
  }

  @Test
  void anInformerWhoseWatchWasCutWatchesAgainAndHasMissedNothing() {
    try (SharedIndexInformer<ConfigMap> informer = client.configMaps().inAnyNamespace().inform()) {
      await().until(informer::isWatching);
      server.api().faults().cutNextWatch(target -> true);
      create("one");
      await().until(() -> informer.getStore().list().size() == 1 && informer.isWatching());
      create("two");
      await().until(() -> informer.getStore().list().size() == 2);
      assertThat(server.api().recorder().calls(call -> call.verb().equals("watch")))
          .extracting(Call::resource)
          .containsExactly("configmaps", "configmaps");
    }
  }

  private void create(String name) {
    ConfigMap map = new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build();
    client.configMaps().inNamespace("default").resource(map).create();
  }
}
