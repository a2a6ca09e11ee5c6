package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process that the chart's container starts. */
class OperatorProcessTest {
  private static final Duration START = ClusterAndAws.PATIENCE;

  @TempDir private Path folder;
  private final LocalCluster cluster = LocalCluster.withOurKinds();

  @BeforeEach
  void prepare() {
    cluster.createNamespace(Chart.NAMESPACE);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itStartsPassesEveryProbeAndEndsWithinTheGracePeriod(boolean leaderElection)
      throws Exception {
    Chart chart =
        Chart.with(
            Map.of("leaderElection.enabled", leaderElection, "allowEndpointOverrides", true));
    try (OperatorProcess operator = new OperatorProcess(chart, cluster, folder)) {
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        JsonNode get = chart.container().path(probe).path("httpGet");
        assertThat(get.path("port").asText()).isEqualTo("http");
        await(probe)
            .atMost(START)
            .untilAsserted(
                () ->
                    assertThat(operator.status(get.path("path").asText()))
                        .as(() -> answer(operator, get) + operator.output())
                        .isEqualTo(200));
      }
      assertThat(operator.body("/healthz"))
          .as("alive where nothing ever happens")
          .isEqualTo("ok\n");
      assertThat(operator.body("/metrics")).contains("jvm_memory_used_bytes");
      operator.terminate();
      int grace = chart.podSpec().path("terminationGracePeriodSeconds").asInt();
      assertThat(operator.endsWithin(grace)).as(operator::output).isTrue();
      assertThat(operator.output().lines())
          .as("one JSON object per line")
          .isNotEmpty()
          .allMatch(line -> line.startsWith("{"));
    }
  }

  /** What a failing probe says of itself. */
  private static String answer(OperatorProcess operator, JsonNode get) {
    try {
      return operator.body(get.path("path").asText());
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void itEndsWhenAnotherHasTakenItsLease() throws Exception {
    Chart chart = Chart.with(Map.of());
    try (OperatorProcess operator = new OperatorProcess(chart, cluster, folder)) {
      await("it leads")
          .atMost(START)
          .until(() -> operator.status("/readyz") == 200 && holder() != null);
      lease()
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"spec\":{\"holderIdentity\":\"another\",\"renewTime\":\"%s\"}}"
                  .formatted(Instant.now().truncatedTo(ChronoUnit.MICROS)));
      assertThat(operator.endsWithin((int) START.toSeconds())).as(operator::output).isTrue();
      assertThat(operator.exitCode()).as("so that the kubelet starts it again").isEqualTo(1);
      assertThat(holder()).isEqualTo("another");
    }
  }

  private Resource<Lease> lease() {
    return cluster.client().leases().inNamespace(Chart.NAMESPACE).withName("fargate-operator");
  }

  private String holder() {
    Lease lease = lease().get();
    return lease == null ? null : lease.getSpec().getHolderIdentity();
  }
}
