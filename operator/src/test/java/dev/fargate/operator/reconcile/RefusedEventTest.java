package dev.fargate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fargate.operator.flow.Pass;
import dev.fargate.operator.stack.build.Phoenix;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cluster that refuses Events. */
@EnableKubernetesMockClient
class RefusedEventTest {
  KubernetesClient client;
  KubernetesMockServer server;

  @Test
  void anEventThatCannotBeWrittenStopsNothing() {
    server
        .expect()
        .post()
        .withPath("/api/v1/namespaces/default/events")
        .andReturn(403, new StatusBuilder().withCode(403).withReason("Forbidden").build())
        .always();
    KubernetesEvents events = new KubernetesEvents(client, Clock.systemUTC());
    assertThatCode(
            () -> events.write(Phoenix.app(), List.of(new Pass.Note(false, "Available", "ok"))))
        .doesNotThrowAnyException();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }
}
