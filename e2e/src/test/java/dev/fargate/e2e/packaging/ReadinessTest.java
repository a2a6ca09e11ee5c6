package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fargate.local.kube.wire.StatusError;
import dev.fargate.operator.OperatorRuntime;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the operator is ready, by what it may do with the Lease. */
class ReadinessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalCluster cluster = LocalCluster.withOurKinds();

  @BeforeEach
  void prepare() {
    cluster.createNamespace(Chart.NAMESPACE);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private OperatorRuntime operator() {
    return OperatorRuntime.start(
        new OperatorRuntime.Config(
            cluster.client(), "example", true, Chart.NAMESPACE, "127.0.0.1", 0));
  }

  private HttpResponse<String> readiness(OperatorRuntime operator) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + operator.healthPort() + "/readyz");
    return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "create"})
  void withoutTheRightToTheLeaseItIsNotReadyAndSaysWhy(String verb) throws Exception {
    cluster
        .server()
        .api()
        .faults()
        .failCalls(
            call -> call.resource().equals("leases") && call.verb().equals(verb),
            StatusError.of(403, "Forbidden", "no right to leases"));
    try (OperatorRuntime operator = operator()) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(readiness(operator).body()).contains("is answered by 403"));
      assertThat(readiness(operator).statusCode()).isEqualTo(503);
      cluster.server().api().faults().clear();
      await("it is ready once it has the right")
          .atMost(PATIENCE)
          .until(() -> readiness(operator).statusCode() == 200);
    }
  }

  @Test
  void aStandbyThatCanReadTheLeaseOfAnotherIsReady() {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    cluster
        .client()
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(Chart.NAMESPACE)
                .withName("fargate-operator")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("another")
                .withLeaseDurationSeconds((int) Duration.ofHours(1).toSeconds())
                .withAcquireTime(now)
                .withRenewTime(now)
                .withLeaseTransitions(0)
                .endSpec()
                .build())
        .create();
    try (OperatorRuntime operator = operator()) {
      await("it stands by").atMost(PATIENCE).until(() -> readiness(operator).statusCode() == 200);
      assertThat(cluster.server().api().recorder().calls(call -> call.resource().equals("leases")))
          .extracting(call -> call.verb())
          .filteredOn(verb -> !verb.equals("get"))
          .as("only the other one's, by this test")
          .isEqualTo(List.of("create"));
    }
  }
}
