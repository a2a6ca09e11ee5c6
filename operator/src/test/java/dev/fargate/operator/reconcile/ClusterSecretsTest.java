package dev.fargate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.kube.KubeServer;
import dev.fargate.local.kube.record.Call;
import dev.fargate.operator.apply.KubernetesSecrets;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an API server that counts versions. */
class ClusterSecretsTest {
  private KubeServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() throws Exception {
    server = KubeServer.start(0);
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(server.kubeconfig()))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aSecretIsReplacedOrDeletedOnlyAsItWasRead() throws KubernetesSecrets.Refused {
    var secrets = new ClusterSecrets(client);
    assertThat(secrets.get("default", "made")).isEmpty();
    secrets.create(
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("made")
            .endMetadata()
            .addToData("token", "Y2FuYXJ5")
            .build());
    assertThatThrownBy(() -> secrets.create(secrets.get("default", "made").orElseThrow()))
        .isInstanceOf(KubernetesSecrets.Refused.class)
        .hasMessageNotContaining("Y2FuYXJ5");
    Secret read = secrets.get("default", "made").orElseThrow();
    Secret changed = new SecretBuilder(read).addToData("token", "bmV3").build();
    secrets.replace(changed);
    assertThat(secrets.get("default", "made").orElseThrow().getData())
        .containsEntry("token", "bmV3");
    assertThatThrownBy(() -> secrets.replace(read))
        .hasMessage("update of Secret default/made is answered by 409");
    assertThatThrownBy(() -> secrets.delete(read)).hasMessageContaining("409");
    secrets.delete(secrets.get("default", "made").orElseThrow());
    assertThat(secrets.get("default", "made")).isEmpty();
    assertThat(server.api().recorder().calls(call -> call.resource().equals("secrets")))
        .extracting(Call::verb)
        .containsOnly("get", "create", "update", "delete");
  }
}
