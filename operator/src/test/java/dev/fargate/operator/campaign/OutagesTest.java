package dev.fargate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.call.Call;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.LostResponse;
import dev.fargate.local.aws.wire.Struct;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hours without AWS, without Kubernetes, without credentials, with a clock that jumps (R11). */
class OutagesTest {
  private static final Duration TWO_HOURS = Duration.ofHours(2);
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(30);

  /**
   * An hour of attempts at most every two minutes, each of which may try a dozen kinds three times,
   * and the looks of two objects every few seconds at what is in rollout.
   */
  private static final int CALLS_AN_HOUR = 4_000;

  private final CampaignWorld world = new CampaignWorld(new Disturbance(null));
  private final Stage stage = new Stage(world);

  @BeforeEach
  void anAppThatRuns() {
    stage.apply(stage.environment, stage.app);
    stage.settle();
    world.run(Duration.ofMinutes(2));
    world.aws.calls().clear();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static Function<String, RuntimeException> answering(String code, int status) {
    return call -> new AwsException(code, "asked for by a test", status, Struct.of());
  }

  private Optional<Condition> condition(String kind, String name, String type) {
    return Truth.conditions(world.cluster.object(kind, name)).stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst();
  }

  private void servesTheNewImage() {
    assertThat(world.runUntil(LONG_ENOUGH, stage::settled)).as(stage::describe).isTrue();
    assertThat(Picture.of(world).kubernetes())
        .as(stage::describe)
        .anyMatch(line -> line.contains("image=\"web:2\"") && line.contains("Ready=True"));
    assertThat(world.truth.lies()).isEmpty();
    assertThat(world.unexpected).isEmpty();
  }

  private void nothingMoreIsWritten() {
    world.run(Duration.ofMinutes(3));
    world.aws.calls().clear();
    world.run(Duration.ofMinutes(10));
    assertThat(world.aws.calls().writes()).extracting(Call::name).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ThrottlingException", "(nothing)"})
  void anAwsThatIsAwayForTwoHoursIsToldAndCaughtUpWithWithoutAStorm(String answer) {
    world.disturbance.aws(answer.equals("(nothing)") ? LostResponse::new : answering(answer, 503));
    stage.edit(app -> app.getSpec().image = "web:2");
    world.run(TWO_HOURS);

    assertThat(condition("FargateApp", "web", "Ready"))
        .hasValueSatisfying(ready -> assertThat(ready.getStatus()).isNotEqualTo("True"));
    assertThat(condition("FargateEnvironment", "phoenix", "Ready"))
        .hasValueSatisfying(
            ready -> {
              assertThat(ready.getStatus()).isEqualTo("Unknown");
              assertThat(ready.getReason()).isEqualTo("ObservationStale");
            });
    assertThat(world.aws.calls().all()).hasSizeLessThan(2 * CALLS_AN_HOUR);

    world.disturbance.aws(null);
    servesTheNewImage();
    nothingMoreIsWritten();
  }

  @Test
  void expiredCredentialsAreToldAndCaughtUpWith() {
    world.disturbance.aws(answering("ExpiredTokenException", 400));
    stage.edit(app -> app.getSpec().image = "web:2");
    world.run(AN_HOUR);

    assertThat(condition("FargateEnvironment", "phoenix", "Ready"))
        .hasValueSatisfying(ready -> assertThat(ready.getStatus()).isNotEqualTo("True"));
    assertThat(stage.describe()).contains("ExpiredTokenException");
    assertThat(world.aws.calls().all()).hasSizeLessThan(CALLS_AN_HOUR);

    world.disturbance.aws(null);
    servesTheNewImage();
    nothingMoreIsWritten();
  }

  @Test
  void withoutKubernetesNothingIsWrittenToAwsAndWhatWasAskedForMeanwhileHappensAfterwards() {
    world.disturbance.kubernetesAway(true);
    stage.edit(app -> app.getSpec().image = "web:2");
    world.run(TWO_HOURS);
    assertThat(world.aws.calls().writes()).extracting(Call::name).isEmpty();

    world.disturbance.kubernetesAway(false);
    servesTheNewImage();
    nothingMoreIsWritten();
  }

  @Test
  void aMachineThatSleptForSixHoursGoesOn() {
    world.aws.clock().advance(Duration.ofHours(6));
    stage.edit(app -> app.getSpec().image = "web:2");
    servesTheNewImage();
    nothingMoreIsWritten();
  }

  @ParameterizedTest
  // AWS refuses a signature whose time is more than five minutes off.
  @ValueSource(strings = {"PT-4M", "PT4M"})
  void aClockThatIsSetMakesNoDifference(String by) {
    world.setClock(Duration.parse(by));
    stage.edit(app -> app.getSpec().image = "web:2");
    servesTheNewImage();
    nothingMoreIsWritten();
  }
}
