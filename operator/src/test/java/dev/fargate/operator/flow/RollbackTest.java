package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.app.CircuitBreaker;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.operator.status.ConditionType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rollout that fails is a failure, is told with its cause for good, and ends with a new spec. */
class RollbackTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(30);

  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;

  @BeforeEach
  void anEnvironment() {
    faults.environment();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void untilStalled(String reason) {
    world.runUntil(
        reason,
        LONG_ENOUGH,
        () ->
            faults
                .condition(ConditionType.STALLED)
                .filter(c -> c.getReason().equals(reason))
                .isPresent());
  }

  private void image(String image) {
    faults.app.getSpec().image = image;
    faults.apply();
  }

  private void rolledBack() {
    faults.applyAndSettle();
    world.aws.scriptedTasks().image("web:2").exitsAfter(Duration.ofSeconds(5), 3);
    image("web:2");
    untilStalled("RolledBack");
  }

  @Test
  void itIsToldWithBothRevisionsAndTheCauseAndAwsDoesNotEqualTheSpec() {
    rolledBack();
    assertThat(faults.condition(ConditionType.STALLED))
        .hasValueSatisfying(
            c ->
                assertThat(c.getMessage())
                    .contains("revision default-web-1f135c:2 failed, default-web-1f135c:1 serves")
                    .contains("Container web exited with code 3."));
    assertThat(faults.condition(ConditionType.READY))
        .hasValueSatisfying(c -> assertThat(c.getStatus()).isEqualTo("False"));
    assertThat(faults.condition(ConditionType.SYNCED))
        .hasValueSatisfying(c -> assertThat(c.getReason()).isEqualTo("RolledBack"));
  }

  @Test
  void hoursLaterAndAfterARestartItIsNotTriedAgainAndStillToldWithItsCause() {
    rolledBack();
    world.run(Duration.ofMinutes(5));
    String told = faults.condition(ConditionType.STALLED).orElseThrow().getMessage();
    world.forgetCalls();
    world.events.clear();
    world.run(Duration.ofHours(2));
    world.restartOperator();
    world.run(Duration.ofHours(1));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.events).isEmpty();
    assertThat(faults.condition(ConditionType.STALLED))
        .hasValueSatisfying(c -> assertThat(c.getMessage()).isEqualTo(told));
    assertThat(faults.stored().getStatus().recentFailures)
        .isNotEmpty()
        .allSatisfy(
            failure -> {
              assertThat(failure.cause).isEqualTo("ContainerExited");
              assertThat(failure.exitCode).isEqualTo(3);
              assertThat(failure.revision).isEqualTo("default-web-1f135c:2");
            });
  }

  @Test
  void aNewSpecEndsAFailingRolloutAtOnce() {
    faults.applyAndSettle();
    world.aws.scriptedTasks().image("web:2").answers(500);
    image("web:2");
    world.run(Duration.ofSeconds(90));
    assertThat(faults.condition(ConditionType.STALLED)).isEmpty();
    world.forgetCalls();
    Instant edited = world.now();
    image("web:3");
    world.runUntil(
        "web:3 is asked for",
        Duration.ofMinutes(1),
        () -> world.awsWrites().contains("ecs:UpdateService"));
    assertThat(Duration.between(edited, world.now())).isLessThan(Duration.ofSeconds(10));
    faults.untilReady();
    assertThat(faults.stored().getStatus().serving.shortImage).isEqualTo("web:3");
  }

  @Test
  void aNewSpecAfterARollbackIsRolledOutAndNothingIsSaidOfTheOldOne() {
    rolledBack();
    image("web:3");
    faults.untilReady();
    assertThat(faults.stored().getStatus().serving.shortImage).isEqualTo("web:3");
    assertThat(faults.stored().getStatus().failed).isNull();
    assertThat(faults.condition(ConditionType.STALLED)).isEmpty();
  }

  @Test
  void aFirstDeploymentThatNeverGetsHealthyStallsAtItsDeadlineAndMayRecoverByItself() {
    faults.script().answers(500);
    Rollout rollout = new Rollout();
    rollout.progressDeadlineSeconds = 300;
    rollout.circuitBreaker = new CircuitBreaker();
    rollout.circuitBreaker.enabled = false;
    faults.app.getSpec().rollout = rollout;
    faults.apply();
    Instant applied = world.now();
    untilStalled("ProgressDeadlineExceeded");
    assertThat(Duration.between(applied, world.now()))
        .isBetween(Duration.ofSeconds(300), Duration.ofSeconds(330));
    assertThat(faults.condition(ConditionType.STALLED))
        .hasValueSatisfying(
            c ->
                assertThat(c.getMessage())
                    .contains("0 of 1 tasks")
                    .contains("after 300 s")
                    .contains("The health check on /healthz port 3000 answered 500"));
    faults.script().answers(200);
    faults.untilReady();
    assertThat(faults.condition(ConditionType.STALLED)).isEmpty();
  }
}
