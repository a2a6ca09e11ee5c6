package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.operator.stack.build.Annotations;
import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.SameStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ClusterSettingName;

/** {@code fargate.dev/reconcile}: a new value reads AWS at once, for that object alone. */
class AskedLookTest {
  /** Far below the minute that a sweep may take. */
  private static final Duration AT_ONCE = Duration.ofSeconds(3);

  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;
  private final ByHand person = new ByHand(world.aws);

  @BeforeEach
  void anAppIsSettledAndASweepHasJustBeen() {
    faults.environment();
    faults.app.getSpec().tags.put("team", "web");
    faults.applyAndSettle();
    nextSweep();
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** ListServices is a sweep's alone. In virtual time a sweep comes with somebody's pass. */
  private void nextSweep() {
    world.forgetCalls();
    world.runUntil("the next sweep", Duration.ofMinutes(2), () -> count("ecs:ListServices") > 0);
    world.run(Duration.ofSeconds(2));
    world.forgetCalls();
  }

  private long count(String call) {
    return world.aws.calls().all().stream().filter(each -> each.name().equals(call)).count();
  }

  private void ask(String value) {
    world.annotate("FargateApp", "web", Annotations.RECONCILE, value);
  }

  private String targetGroup() {
    return person.elb().describeTargetGroups(r -> {}).targetGroups().get(0).targetGroupArn();
  }

  private void anotherHealthCheckPath() {
    person.elb().modifyTargetGroup(r -> r.targetGroupArn(targetGroup()).healthCheckPath("/"));
    world.forgetCalls();
  }

  @Test
  void whatSomebodyChangedIsSeenAndPutBackAtOnceAndTheStatusSaysWhenItWasLookedAt() {
    anotherHealthCheckPath();
    ask("1");
    world.run(AT_ONCE);
    assertThat(world.awsWrites()).containsExactly("elasticloadbalancing:ModifyTargetGroup");
    assertThat(count("ecs:ListServices")).as("sweeps").isZero();
    assertThat(faults.stored().getStatus().observedReconcile).isEqualTo("1");
  }

  @Test
  void aTagThatSweepsReadRarelyIsReadTooAndTasksDefinitionsAndCountsAsWell() {
    person.elb().removeTags(r -> r.resourceArns(targetGroup()).tagKeys("team"));
    String service = person.ecs().listServices(r -> r.cluster("phoenix")).serviceArns().get(0);
    person.ecs().updateService(r -> r.cluster("phoenix").service(service).desiredCount(2));
    String revision = person.ecs().listTaskDefinitions(r -> {}).taskDefinitionArns().get(0);
    person.ecs().untagResource(r -> r.resourceArn(revision).tagKeys("team"));
    world.forgetCalls();
    ask("1");
    world.run(AT_ONCE);
    assertThat(world.awsWrites())
        .containsExactlyInAnyOrder(
            "elasticloadbalancing:AddTags", "ecs:UpdateService", "ecs:TagResource");
    assertThat(count("ecs:ListServices")).as("sweeps").isZero();
  }

  @Test
  void aLookThatFindsNothingWritesNothingButTheTimeAndIsHadOncePerValue() {
    String before = faults.stored().getStatus().lastObservedTime;
    String now = SameStatus.time(world.now());
    ask("1");
    world.run(AT_ONCE);
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.statusWrites).isEqualTo(1);
    assertThat(faults.stored().getStatus().lastObservedTime)
        .isNotEqualTo(before)
        .isGreaterThanOrEqualTo(now);
    world.restartOperator();
    world.run(Duration.ofMinutes(2));
    nextSweep();
    ask("1");
    world.run(AT_ONCE);
    assertThat(count("elasticloadbalancing:DescribeTargetGroups")).isZero();
    assertThat(world.statusWrites).isZero();
  }

  @Test
  void onlyWhatTheObjectHasIsRead() {
    world.apply(faults.second("other"));
    world.run(Duration.ofMinutes(5));
    nextSweep();
    ask("1");
    world.run(AT_ONCE);
    assertThat(world.aws.calls().all()).hasSizeBetween(5, 25);
    assertThat(world.aws.calls().all().toString()).doesNotContain("default-other");
  }

  @Test
  void aLoopOverTheAnnotationIsNoStormAndItsLastValueIsAnswered() {
    for (int i = 1; i <= 60; i++) {
      ask("v" + i);
      world.run(Duration.ofSeconds(1));
    }
    // Of a settled app nothing but a fresh look and a sweep reads them.
    assertThat(count("ecs:DescribeServices")).isBetween(5L, 9L);
    world.run(Duration.ofSeconds(11));
    assertThat(faults.stored().getStatus().observedReconcile).isEqualTo("v60");
  }

  @Test
  void anAwsThatDoesNotAnswerIsAskedAgainUntilItDoes() {
    anotherHealthCheckPath();
    world
        .aws
        .faults()
        .on("elasticloadbalancing:DescribeTargetGroups")
        .fail("ServiceUnavailable", "not now");
    ask("1");
    world.run(AT_ONCE);
    assertThat(faults.stored().getStatus().observedReconcile).isNull();
    world.aws.faults().clear();
    world.run(Duration.ofSeconds(12));
    assertThat(faults.stored().getStatus().observedReconcile).isEqualTo("1");
    assertThat(world.awsWrites()).containsExactly("elasticloadbalancing:ModifyTargetGroup");
  }

  @Test
  void withModePlanTheChangeIsShownAtOnceAndNotPutBack() {
    faults.app.getSpec().mode = Mode.PLAN;
    faults.apply();
    nextSweep();
    anotherHealthCheckPath();
    ask("1");
    world.run(AT_ONCE);
    assertThat(world.awsWrites()).isEmpty();
    assertThat(faults.condition(ConditionType.SYNCED))
        .hasValueSatisfying(synced -> assertThat(synced.getReason()).isEqualTo("Drifted"));
  }

  @Test
  void anEnvironmentIsReadAtOnceToo() {
    person
        .ecs()
        .updateClusterSettings(
            r ->
                r.cluster("phoenix")
                    .settings(s -> s.name(ClusterSettingName.CONTAINER_INSIGHTS).value("enabled")));
    world.forgetCalls();
    world.annotate("FargateEnvironment", "phoenix", Annotations.RECONCILE, "1");
    world.run(AT_ONCE);
    assertThat(world.awsWrites()).isEqualTo(List.of("ecs:UpdateClusterSettings"));
    assertThat(world.environmentObject("phoenix").getStatus().observedReconcile).isEqualTo("1");
  }
}
