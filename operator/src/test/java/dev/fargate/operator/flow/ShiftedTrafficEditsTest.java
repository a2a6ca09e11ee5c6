package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.app.Autoscaling;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.operator.status.ConditionType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits and deletions of an app whose traffic ECS moves, and what its strategies need. */
class ShiftedTrafficEditsTest extends ShiftedTraffic {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLivingAppChangesItsStrategyWithoutARequestUnanswered(boolean alternateServes) {
    start(RolloutStrategy.ROLLING);
    strategy(RolloutStrategy.BLUE_GREEN);
    faults.apply();
    world.run(Duration.ofMinutes(1));
    untilReady("web:1");
    settledAndLeftAlone();
    assertThat(targetGroups()).isEqualTo(2);
    String first = serving();
    if (alternateServes) {
      image("web:2");
      untilReady("web:2");
      settledAndLeftAlone();
      assertThat(serving()).isNotEqualTo(first);
    }
    strategy(RolloutStrategy.ROLLING);
    faults.apply();
    world.run(Duration.ofMinutes(8));
    settledAndLeftAlone();
    assertThat(targetGroups()).isEqualTo(1);
    assertThat(serving()).isEqualTo(first);
    image("web:9");
    untilReady("web:9");
    settledAndLeftAlone();
    assertThat(refusedByAws()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anotherPortReplacesBothTargetGroupsWithoutARequestUnanswered(boolean alternateServes) {
    start(RolloutStrategy.BLUE_GREEN);
    if (alternateServes) {
      image("web:2");
      untilReady("web:2");
    }
    world.forgetCalls();
    faults.app.getSpec().ports.get(0).containerPort = 3001;
    faults.apply();
    world.run(Duration.ofMinutes(10));
    settledAndLeftAlone();
    assertThat(targetGroups()).isEqualTo(2);
    image("web:3");
    untilReady("web:3");
    settledAndLeftAlone();
  }

  @Test
  void otherHostsThatNeedAnotherRuleLeaveNobodyUnanswered() {
    start(RolloutStrategy.BLUE_GREEN);
    image("web:2");
    untilReady("web:2");
    settledAndLeftAlone();
    faults.app.getSpec().ingresses.get(0).hosts.add("any.example.com");
    faults.apply();
    world.run(Duration.ofMinutes(10));
    settledAndLeftAlone();
    assertThat(person.elb().describeRules(r -> r.ruleArns(rule().ruleArn())).rules()).hasSize(1);
  }

  @Test
  void anAppThatIsDeletedInMidShiftLeavesNothing() {
    start(RolloutStrategy.CANARY);
    image("web:2");
    untilStage("PRODUCTION_TRAFFIC_SHIFT");
    world.delete("FargateApp", "web");
    world.runUntil("the app is gone", LONG_ENOUGH, () -> !world.exists("FargateApp", "web"));
    assertThat(targetGroups()).isZero();
  }

  @Test
  void cpuScalesBothSidesAndTheCountStaysTheScalings() {
    strategy(RolloutStrategy.BLUE_GREEN);
    faults.app.getSpec().autoscaling = new Autoscaling();
    faults.app.getSpec().autoscaling.minReplicas = 1;
    faults.app.getSpec().autoscaling.maxReplicas = 4;
    faults.app.getSpec().autoscaling.cpuPercent = 50;
    faults.script().cpu(90);
    world.aws.scriptedTasks().image("web:2").cpu(90);
    faults.applyAndSettle();
    requests.keepSending("web", "any.example.com", "/");
    world.runUntil(
        "it is scaled out", LONG_ENOUGH, () -> faults.stored().getStatus().replicas == 4);
    world.forgetCalls();
    image("web:2");
    untilReady("web:2");
    assertThat(faults.stored().getStatus().running).isEqualTo("4/4");
    assertThat(world.awsWrites().stream().filter("ecs:UpdateService"::equals)).hasSize(1);
    settledAndLeftAlone();
  }

  @Test
  void withoutARoleForEcsTheAppSaysWhereToSetIt() {
    faults.environment.getSpec().defaults.infrastructureRoleArn = null;
    world.apply(faults.environment);
    strategy(RolloutStrategy.BLUE_GREEN);
    faults.apply();
    world.run(Duration.ofMinutes(1));
    assertThat(condition(ConditionType.STALLED))
        .satisfies(c -> assertThat(c.getReason()).isEqualTo("InvalidSpec"))
        .satisfies(
            c ->
                assertThat(c.getMessage())
                    .contains(
                        "spec.rollout.strategy",
                        "defaults.infrastructureRoleArn of FargateEnvironment phoenix"));
    faults.environment.getSpec().defaults.infrastructureRoleArn = ROLE;
    world.apply(faults.environment);
    untilReady("web:1");
  }

  @Test
  void anIngressThatMakesSeveralRulesIsRefusedWithTheFix() {
    strategy(RolloutStrategy.BLUE_GREEN);
    faults.app.getSpec().ingresses.get(0).paths = new ArrayList<>(List.of("/", "/longer/*"));
    faults.apply();
    world.run(Duration.ofMinutes(1));
    assertThat(condition(ConditionType.STALLED).getMessage())
        .contains("spec.ingresses[0]", "makes 2 listener rules", "priorityBase");
    faults.app.getSpec().ingresses.get(0).paths.remove(1);
    faults.apply();
    untilReady("web:1");
  }

  @Test
  void recreateNeverRunsOldAndNewTasksAtOnce() {
    strategy(RolloutStrategy.RECREATE);
    faults.app.getSpec().replicas = 2;
    faults.applyAndSettle();
    image("web:2");
    world.runUntil(
        "web:2 is ready",
        LONG_ENOUGH,
        () -> {
          Set<String> images =
              world.aws.scriptedTasks().running().stream()
                  .map(task -> task.containers().get(0).image())
                  .collect(Collectors.toSet());
          assertThat(images).hasSizeLessThanOrEqualTo(1);
          return world.ready("FargateApp", "web")
              && faults.stored().getStatus().serving.shortImage.equals("web:2");
        });
    assertThat(
            person
                .ecs()
                .describeServices(
                    r ->
                        r.cluster("phoenix")
                            .services(
                                person.ecs().listServices(l -> l.cluster("phoenix")).serviceArns()))
                .services()
                .get(0)
                .availabilityZoneRebalancingAsString())
        .isEqualTo("DISABLED");
  }
}
