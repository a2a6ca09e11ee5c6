package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.app.LinearSteps;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.operator.status.ConditionType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** Blue/green, linear and canary rollouts: ECS moves the traffic, the operator tells. */
class ShiftedTrafficTest extends ShiftedTraffic {
  @Test
  void blueGreenIsToldStageByStageAndReadyOnlyAfterTheBakeTimeWhicheverGroupServes() {
    start(RolloutStrategy.BLUE_GREEN);
    String first = serving();
    Set<String> told = new LinkedHashSet<>();
    image("web:2");
    world.runUntil(
        "web:2 is ready",
        LONG_ENOUGH,
        () -> {
          boolean ready = world.ready("FargateApp", "web");
          if (!ready && stage() != null) {
            told.add(
                stage()
                    + " "
                    + faults.stored().getStatus().serving.shortImage
                    + " "
                    + condition(ConditionType.TARGETS_HEALTHY).getStatus());
          }
          return ready && faults.stored().getStatus().serving.shortImage.equals("web:2");
        });
    assertThat(told).contains("SCALE_UP web:1 True", "BAKE_TIME web:2 True", "CLEAN_UP web:2 True");
    assertThat(serving()).isNotEqualTo(first);
    assertThat(world.awsWrites())
        .containsExactly("ecs:RegisterTaskDefinition", "ecs:UpdateService", "ecs:TagResource");
    settledAndLeftAlone();
    image("web:3");
    untilReady("web:3");
    assertThat(serving()).as("the groups take turns").isEqualTo(first);
    settledAndLeftAlone();
  }

  @Test
  void theOldTasksStayForTheBakeTimeAndTheAppSaysSo() {
    start(RolloutStrategy.BLUE_GREEN);
    image("web:2");
    untilStage("BAKE_TIME");
    Instant baking = world.now();
    assertThat(condition(ConditionType.RECONCILING).getMessage())
        .contains("all traffic goes to", "bake time");
    assertThat(faults.condition(ConditionType.STALLED)).isEmpty();
    world.run(Duration.ofMinutes(1));
    assertThat(stage()).isEqualTo("BAKE_TIME");
    assertThat(world.ready("FargateApp", "web")).isFalse();
    untilReady("web:2");
    assertThat(Duration.between(baking, world.now()))
        .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(4));
  }

  @Test
  void weightsThatEcsHasShiftedAreNeverResetInMidShiftOrAfter() {
    start(RolloutStrategy.CANARY);
    faults.app.getSpec().rollout.canary.bakeMinutes = 12;
    image("web:2");
    untilStage("PRODUCTION_TRAFFIC_SHIFT");
    world.run(Duration.ofSeconds(10));
    assertThat(weights()).isEqualTo("20/80");
    List<TargetGroupTuple> shifted = forwards();
    world.forgetCalls();
    world.run(Duration.ofMinutes(2));
    world.restartOperator();
    world.run(Duration.ofMinutes(2));
    assertThat(world.awsWrites()).isEmpty();
    // The rule itself is changed: where it stands and what it takes, not where it leads.
    faults.app.getSpec().ingresses.get(0).allowedCidrs.add("10.0.0.0/8");
    faults.app.getSpec().tags.put("team", "web");
    faults.apply();
    world.run(Duration.ofMinutes(2));
    assertThat(world.awsWrites()).contains("elasticloadbalancing:ModifyRule");
    assertThat(forwards()).isEqualTo(shifted);
    assertThat(faults.stored().getStatus().deployments.get(0).stage)
        .isEqualTo("PRODUCTION_TRAFFIC_SHIFT");
    // Nor are they whoever else has changed them, in whatever order.
    List<TargetGroupTuple> others =
        List.of(
            shifted.get(1).toBuilder().weight(7).build(),
            shifted.get(0).toBuilder().weight(3).build());
    String arn = rule().ruleArn();
    person
        .elb()
        .modifyRule(
            request ->
                request
                    .ruleArn(arn)
                    .actions(
                        Action.builder()
                            .type(ActionTypeEnum.FORWARD)
                            .forwardConfig(config -> config.targetGroups(others))
                            .build()));
    world.forgetCalls();
    world.run(Duration.ofMinutes(2));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(forwards()).isEqualTo(others);
    untilReady("web:2");
    settledAndLeftAlone();
    assertThat(weights()).isEqualTo("0/100");
  }

  @Test
  void linearMovesStepByStepWithoutARequestUnansweredAndOutlastsTheProgressDeadline() {
    strategy(RolloutStrategy.LINEAR);
    faults.app.getSpec().rollout.linear = new LinearSteps();
    faults.app.getSpec().rollout.linear.stepPercent = 25;
    faults.app.getSpec().rollout.linear.stepBakeMinutes = 2;
    faults.app.getSpec().rollout.progressDeadlineSeconds = 300;
    faults.app.getSpec().replicas = 2;
    faults.applyAndSettle();
    requests.keepSending("web", "any.example.com", "/");
    image("web:2");
    List<String> steps = new ArrayList<>();
    world.runUntil(
        "web:2 is ready",
        LONG_ENOUGH,
        () -> {
          if (steps.isEmpty() || !steps.get(steps.size() - 1).equals(weights())) {
            steps.add(weights());
          }
          assertThat(faults.condition(ConditionType.STALLED)).isEmpty();
          return world.ready("FargateApp", "web")
              && faults.stored().getStatus().serving.shortImage.equals("web:2");
        });
    assertThat(steps).containsExactly("0/100", "25/75", "50/50", "25/75", "0/100");
    settledAndLeftAlone();
  }

  @Test
  void anOperatorThatRestartsInAnyStageGoesOnTelling() {
    start(RolloutStrategy.CANARY);
    image("web:2");
    for (String stage : STAGES) {
      untilStage(stage);
      world.restartOperator();
      world.run(Duration.ofSeconds(10));
      assertThat(world.ready("FargateApp", "web")).isFalse();
    }
    untilReady("web:2");
    assertThat(world.awsWrites())
        .containsExactly("ecs:RegisterTaskDefinition", "ecs:UpdateService", "ecs:TagResource");
    settledAndLeftAlone();
  }

  @Test
  void aNewSpecEndsTheRolloutAtOnceInAnyStage() {
    start(RolloutStrategy.CANARY);
    image("web:2");
    int next = 3;
    for (String stage : STAGES) {
      untilStage(stage);
      world.forgetCalls();
      Instant edited = world.now();
      image("web:" + next++);
      world.runUntil(
          "it is asked for in " + stage,
          Duration.ofMinutes(1),
          () -> world.awsWrites().contains("ecs:UpdateService"));
      assertThat(Duration.between(edited, world.now())).isLessThan(Duration.ofSeconds(10));
      // The new one begins anew.
      world.runUntil("another stage", LONG_ENOUGH, () -> !stage.equals(stage()));
    }
    untilReady("web:6");
    settledAndLeftAlone();
  }

  @Test
  void aRollbackIsToldWithBothRevisionsAndNotTriedAgainUntilTheSpecChanges() {
    start(RolloutStrategy.BLUE_GREEN);
    image("web:2");
    untilStage("BAKE_TIME");
    String service = person.ecs().listServices(r -> r.cluster("phoenix")).serviceArns().get(0);
    String deployment =
        person
            .ecs()
            .listServiceDeployments(
                r ->
                    r.cluster("phoenix")
                        .service(service)
                        .status(ServiceDeploymentStatus.IN_PROGRESS))
            .serviceDeployments()
            .get(0)
            .serviceDeploymentArn();
    person.ecs().stopServiceDeployment(r -> r.serviceDeploymentArn(deployment));
    world.runUntil(
        "RolledBack",
        LONG_ENOUGH,
        () ->
            faults
                .condition(ConditionType.STALLED)
                .filter(c -> c.getReason().equals("RolledBack"))
                .isPresent());
    assertThat(condition(ConditionType.STALLED).getMessage())
        .containsPattern("revision default-web-[0-9a-f]+:2 failed, default-web-[0-9a-f]+:1 serves");
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
    world.run(Duration.ofMinutes(10));
    world.restartOperator();
    world.run(Duration.ofMinutes(3));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(condition(ConditionType.READY).getStatus()).isEqualTo("False");
    assertThat(faults.stored().getStatus().serving.shortImage).isEqualTo("web:1");
    image("web:3");
    untilReady("web:3");
    settledAndLeftAlone();
  }

  @Test
  void newTasksThatNeverGetHealthyGetNoTrafficAndStallAtTheDeadlineWithTheirCause() {
    start(RolloutStrategy.BLUE_GREEN);
    faults.app.getSpec().rollout.progressDeadlineSeconds = 240;
    world.aws.scriptedTasks().image("web:2").answers(500);
    image("web:2");
    world.runUntil(
        "the deadline", LONG_ENOUGH, () -> faults.condition(ConditionType.STALLED).isPresent());
    assertThat(condition(ConditionType.STALLED))
        .satisfies(c -> assertThat(c.getReason()).isEqualTo("ProgressDeadlineExceeded"))
        .satisfies(c -> assertThat(c.getMessage()).contains("no traffic goes to", "answered 500"));
    assertThat(condition(ConditionType.TARGETS_HEALTHY).getStatus())
        .as("the ones that serve are fine")
        .isEqualTo("True");
    assertThat(requests.failed).isEmpty();
    image("web:3");
    untilReady("web:3");
    settledAndLeftAlone();
  }
}
