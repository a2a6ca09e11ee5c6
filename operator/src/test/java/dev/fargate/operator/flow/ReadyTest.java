package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.app.Autoscaling;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code kubectl wait --for=condition=Ready} sees: it looks at the condition's status and
 * whether its observedGeneration is the object's. Neither early nor flapping.
 */
class ReadyTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;
  private final List<Condition> ready = new ArrayList<>();
  private final List<FargateApp> waited = new ArrayList<>();

  @BeforeEach
  void anEnvironment() {
    faults.environment();
    world.watch(
        object -> {
          if (object instanceof FargateApp app && app.getStatus() != null) {
            Conditions.find(app.getStatus().conditions, ConditionType.READY)
                .ifPresent(
                    condition -> {
                      ready.add(condition);
                      if (waitEnds(app, condition)) {
                        waited.add(app);
                      }
                    });
          }
        });
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** As kubectl 1.32 decides it. */
  private static boolean waitEnds(FargateApp app, Condition condition) {
    return "True".equals(condition.getStatus())
        && condition.getObservedGeneration() >= app.getMetadata().getGeneration();
  }

  private void settle(int replicas) {
    faults.app.getSpec().replicas = replicas;
    faults.applyAndSettle();
    ready.clear();
    waited.clear();
    world.events.clear();
  }

  private void untilWaitEnds() {
    world.runUntil("kubectl wait ends", LONG_ENOUGH, () -> !waited.isEmpty());
  }

  private void neverFlapped() {
    assertThat(ready).isNotEmpty();
    assertThat(ready).allSatisfy(c -> assertThat(c.getStatus()).isEqualTo("True"));
    assertThat(world.events).extracting(Pass.Note::reason).doesNotContain("RollingOut");
  }

  @Test
  void afterANewImageItEndsWhenTheNewRevisionServes() {
    settle(2);
    faults.app.getSpec().image = "web:2";
    faults.apply();
    untilWaitEnds();
    assertThat(waited.get(0).getStatus().serving.shortImage).isEqualTo("web:2");
    assertThat(world.aws.scriptedTasks().running())
        .extracting(task -> task.containers().get(0).image())
        .containsOnly("web:2");
  }

  @Test
  void afterMoreReplicasItEndsWhenAllAnswerAndReadyNeverTurns() {
    settle(2);
    faults.app.getSpec().replicas = 5;
    faults.apply();
    untilWaitEnds();
    assertThat(waited.get(0).getStatus().running).isEqualTo("5/5");
    assertThat(waited.get(0).getStatus().targets.healthy).isEqualTo(5);
    world.run(Duration.ofMinutes(5));
    neverFlapped();
  }

  @Test
  void afterFewerReplicasReadyNeverTurns() {
    settle(4);
    faults.app.getSpec().replicas = 1;
    faults.apply();
    untilWaitEnds();
    assertThat(waited.get(0).getStatus().running).isEqualTo("1/1");
    world.run(Duration.ofMinutes(5));
    neverFlapped();
  }

  @Test
  void afterAnEditThatStartsNoDeploymentItEndsWhenAwsHasIt() {
    settle(1);
    faults.app.getSpec().ingresses.get(0).healthCheck.path = "/other";
    faults.apply();
    untilWaitEnds();
    assertThat(
            new ByHand(world.aws)
                .elb()
                .describeTargetGroups(r -> {})
                .targetGroups()
                .get(0)
                .healthCheckPath())
        .isEqualTo("/other");
    neverFlapped();
  }

  @Test
  void whileAutoscalingScalesReadyNeverTurns() {
    faults.app.getSpec().autoscaling = new Autoscaling();
    faults.app.getSpec().autoscaling.minReplicas = 1;
    faults.app.getSpec().autoscaling.maxReplicas = 4;
    faults.app.getSpec().autoscaling.cpuPercent = 50;
    settle(1);
    faults.script().cpu(95);
    world.runUntil(
        "four run", LONG_ENOUGH, () -> "4/4".equals(faults.stored().getStatus().running));
    faults.script().cpu(2);
    world.runUntil(
        "one runs", Duration.ofHours(3), () -> "1/1".equals(faults.stored().getStatus().running));
    neverFlapped();
  }

  @Test
  void aCrashedTaskOfTwoIsReplacedWhileTheOtherKeepsItReadyAndTellsWhy() {
    settle(2);
    crash();
    world.run(Duration.ofMinutes(8));
    neverFlapped();
    assertThat(faults.stored().getStatus().running).isEqualTo("2/2");
    assertThat(world.events)
        .singleElement()
        .satisfies(event -> assertThat(event.reason()).isEqualTo("ContainerExited"));
    assertThat(faults.stored().getStatus().recentFailures)
        .singleElement()
        .satisfies(failure -> assertThat(failure.cause).isEqualTo("ContainerExited"));
  }

  @Test
  void whoAsksForAllTasksToBeHealthyIsToldOfACrashedOne() {
    faults.app.getSpec().rollout = new Rollout();
    faults.app.getSpec().rollout.minHealthyPercent = 100;
    settle(2);
    crash();
    world.run(Duration.ofMinutes(8));
    assertThat(ready).anySatisfy(c -> assertThat(c.getStatus()).isEqualTo("False"));
    assertThat(ready.get(ready.size() - 1).getStatus()).isEqualTo("True");
  }

  @Test
  void theOnlyTaskThatCrashesTurnsReadyWithItsReason() {
    settle(1);
    crash();
    world.run(Duration.ofMinutes(8));
    assertThat(ready)
        .filteredOn(c -> "False".equals(c.getStatus()))
        .isNotEmpty()
        .allSatisfy(c -> assertThat(c.getReason()).isIn("ContainerExited", "RollingOut"));
    assertThat(ready.get(ready.size() - 1).getStatus()).isEqualTo("True");
  }

  @Test
  void anOperatorThatRestartsTouchesNoStatusAndTellsNothing() {
    settle(2);
    world.restartOperator();
    world.forgetCalls();
    world.run(Duration.ofMinutes(5));
    assertThat(world.statusWrites).isZero();
    assertThat(world.events).isEmpty();
  }

  @Test
  void aSpecEditedWhileTheOperatorIsAwayIsNotReadyUntilItIsBackAndDone() {
    settle(1);
    world.aws.faults().on("*").fail("InternalFailure", "down");
    world.restartOperator();
    faults.app.getSpec().image = "web:2";
    faults.apply();
    world.run(Duration.ofMinutes(2));
    assertThat(waited).isEmpty();
    world.aws.faults().clear();
    untilWaitEnds();
    assertThat(waited.get(0).getStatus().serving.shortImage).isEqualTo("web:2");
  }

  @Test
  void oneLostSweepIsNoNews() {
    settle(1);
    world.forgetCalls();
    world.aws.faults().on("ecs:DescribeServices").times(2).fail("InternalFailure", "down");
    world.run(Duration.ofMinutes(5));
    assertThat(world.statusWrites).isZero();
  }

  @Test
  void anAwsThatCannotBeReadMakesReadyUnknownOnceAndItComesBack() {
    settle(1);
    world.forgetCalls();
    world.aws.faults().on("*").fail("InternalFailure", "down");
    world.run(Duration.ofMinutes(30));
    assertThat(faults.condition(ConditionType.READY))
        .hasValueSatisfying(
            c -> {
              assertThat(c.getStatus()).isEqualTo("Unknown");
              assertThat(c.getReason()).isEqualTo("ObservationStale");
              assertThat(c.getMessage()).contains("InternalFailure: down");
            });
    assertThat(ready).filteredOn(c -> "Unknown".equals(c.getStatus())).hasSize(1);
    assertThat(world.events)
        .filteredOn(event -> event.reason().equals("ObservationStale"))
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.warning()).isTrue());
    world.aws.faults().clear();
    faults.untilReady();
  }

  /** Its successor takes longer than the time between two looks. */
  private void crash() {
    faults.script().startsAfter(Duration.ofMinutes(2));
    String task = world.aws.scriptedTasks().running().get(0).taskArn();
    world.aws.scriptedTasks().exit(task, "web", 1);
  }

  @Test
  void itDoesNotComeBackBetweenTwoTasksThatNoLoadBalancerFindsHealthy() {
    settle(1);
    faults.app.getSpec().ingresses.get(0).healthCheck.port = 8081;
    faults.apply();
    world.runUntil("it is told", LONG_ENOUGH, () -> ready.stream().anyMatch(c -> !isTrue(c)));
    ready.clear();
    world.run(Duration.ofMinutes(10));
    assertThat(ready).noneMatch(ReadyTest::isTrue);
    assertThat(world.ready("FargateApp", "web")).isFalse();

    faults.app.getSpec().ingresses.get(0).healthCheck.port = null;
    faults.apply();
    untilWaitEnds();
  }

  private static boolean isTrue(Condition condition) {
    return condition.getStatus().equals("True");
  }
}
