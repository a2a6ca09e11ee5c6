package dev.fargate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.operator.flow.Related;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Clock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the API server refuses to show, against fabric8's mock server. */
@EnableKubernetesMockClient
class KubernetesRefusalsTest {
  KubernetesClient client;
  KubernetesMockServer server;

  private KubernetesRelated related() {
    return new KubernetesRelated(client, new ObjectIndex(client), Clock.systemUTC());
  }

  private void answers(String path, int code) {
    server
        .expect()
        .get()
        .withPath(path)
        .andReturn(code, new StatusBuilder().withCode(code).withMessage("no").build())
        .always();
  }

  private static void assertRefused(ThrowingCallable read, String what, String right) {
    assertThatThrownBy(read)
        .isInstanceOf(Related.Refused.class)
        .hasMessageStartingWith(what + " may not be read")
        .hasMessageContaining("right to " + right);
  }

  @Test
  void aForbiddenReadNamesTheObjectAndTheRight() {
    answers("/api/v1/namespaces/shop/secrets/tokens", 403);
    answers("/api/v1/namespaces/shop/configmaps/flags", 403);
    answers("/api/v1/namespaces/shop", 403);
    assertRefused(
        () -> related().secretHasKey("shop", "tokens", "token"),
        "Secret shop/tokens",
        "get secrets in namespace shop");
    assertRefused(
        () -> related().configMapValue("shop", "flags", "a"),
        "ConfigMap shop/flags",
        "get configmaps in namespace shop");
    assertRefused(() -> related().namespaceLabels("shop"), "Namespace shop", "get namespaces");
    assertThat(new KubernetesSecretSources(client).get("shop", "tokens")).isEmpty();
  }

  @Test
  void whatFailsForAMomentIsNoRefusal() {
    answers("/api/v1/namespaces/shop/configmaps/flags", 409);
    assertThatThrownBy(() -> related().configMapValue("shop", "flags", "a"))
        .isInstanceOf(KubernetesClientException.class);
  }
}
