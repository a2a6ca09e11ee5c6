package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What objects say while AWS does not answer. */
class StaleObservationTest {
  private static final Map<String, String> OBJECTS =
      Map.of(
          "FargateApp", "phoenix",
          "FargateDatabase", "phoenix-db",
          "FargateEnvironment", "phoenix");

  private final VirtualWorld world = new VirtualWorld();

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(
          Files.readString(Path.of("..", "samples", "phoenix", file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void phoenixIsReadyAndAwsGoesDown() {
    world.apply(
        read("environment.yaml", FargateEnvironment.class),
        read("database.yaml", FargateDatabase.class),
        read("app.yaml", FargateApp.class));
    world.runUntil("Phoenix is ready", Duration.ofMinutes(20), () -> ready("True"));
    world.run(Duration.ofMinutes(3));
    world.aws.faults().on("*").fail("InternalFailure", "down");
    world.forgetCalls();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aSweepThatFailsIsNoReasonToDoubt() {
    world.run(Duration.ofSeconds(90));
    assertThat(ready("True")).isTrue();
  }

  @Test
  void readyIsUnknownAfterThreeSweepsWithoutAnAnswerAndThatIsWrittenOnce() {
    world.run(Duration.ofMinutes(6));
    OBJECTS.forEach(
        (kind, name) ->
            assertThat(world.condition(kind, name, ConditionType.READY).orElseThrow())
                .satisfies(
                    condition -> {
                      assertThat(condition.getStatus()).as(kind).isEqualTo("Unknown");
                      assertThat(condition.getReason()).isEqualTo("ObservationStale");
                      assertThat(condition.getMessage())
                          .contains("could not be read since 2026-11-21T08:")
                          .contains("InternalFailure: down");
                    }));
    world.forgetCalls();
    world.run(Duration.ofHours(1));
    assertThat(world.statusWrites).isZero();
  }

  @Test
  void whenAwsAnswersAgainAllIsAsBefore() {
    world.run(Duration.ofMinutes(30));
    world.aws.faults().clear();
    world.runUntil("Phoenix is ready", Duration.ofMinutes(5), () -> ready("True"));
    assertThat(world.aws.calls().writes()).isEmpty();
  }

  /** A kind that is denied stays unknown; where all are, nothing has been read at all. */
  @Test
  void whereEverythingIsDeniedNobodyKnowsWhetherAnAppIsReady() {
    world.aws.faults().clear();
    world.aws.faults().on("*").fail("AccessDenied", "not authorized");
    world.run(Duration.ofMinutes(6));
    String app = OBJECTS.get("FargateApp");
    assertThat(world.condition("FargateApp", app, ConditionType.READY).orElseThrow())
        .satisfies(
            condition -> {
              assertThat(condition.getStatus()).isEqualTo("Unknown");
              assertThat(condition.getReason()).isEqualTo("ObservationStale");
              assertThat(condition.getMessage()).contains("AccessDenied: not authorized");
            });
  }

  private boolean ready(String status) {
    return OBJECTS.entrySet().stream()
        .allMatch(
            object ->
                world
                    .condition(object.getKey(), object.getValue(), ConditionType.READY)
                    .map(Condition::getStatus)
                    .filter(status::equals)
                    .isPresent());
  }
}
