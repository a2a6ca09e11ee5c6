package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.operator.status.ConditionType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code spec.ignore}: what it names belongs to others. In virtual time. */
class IgnoreTest {
  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;
  private final ByHand person = new ByHand(world.aws);

  @BeforeEach
  void anAppWhoseCountAndHealthCheckPathAreOthers() {
    faults.environment();
    faults.app.getSpec().ignore.addAll(List.of("Service.count", "TargetGroup.healthCheck.path"));
    faults.applyAndSettle();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String service() {
    return person.ecs().listServices(r -> r.cluster("phoenix")).serviceArns().get(0);
  }

  private int desiredCount() {
    return person
        .ecs()
        .describeServices(r -> r.cluster("phoenix").services(service()))
        .services()
        .get(0)
        .desiredCount();
  }

  private String targetGroup() {
    return person.elb().describeTargetGroups(r -> {}).targetGroups().get(0).targetGroupArn();
  }

  private String path() {
    return person.elb().describeTargetGroups(r -> {}).targetGroups().get(0).healthCheckPath();
  }

  private void others() {
    person.ecs().updateService(r -> r.cluster("phoenix").service(service()).desiredCount(3));
    person.elb().modifyTargetGroup(r -> r.targetGroupArn(targetGroup()).healthCheckPath("/"));
    world.run(Duration.ofMinutes(3));
    world.forgetCalls();
    world.events.clear();
  }

  @Test
  void whatOthersChangeStaysAndIsNoDriftAndTheAppIsReadyWithIt() {
    assertThat(desiredCount()).as("the first value is the spec's").isEqualTo(1);
    assertThat(path()).isEqualTo("/healthz");
    others();
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.events).isEmpty();
    assertThat(world.ready("FargateApp", "web")).isTrue();
    assertThat(faults.stored().getStatus().running).isEqualTo("3/3");
    assertThat(faults.condition(ConditionType.SYNCED))
        .hasValueSatisfying(
            synced -> {
              assertThat(synced.getStatus()).isEqualTo("True");
              assertThat(synced.getMessage())
                  .contains("spec.ignore")
                  .contains("Service.count, TargetGroup.healthCheck.path");
            });
  }

  @Test
  void anEditOfOtherFieldsOfTheSameResourceLeavesThemAlone() {
    others();
    faults.app.getSpec().image = "web:2";
    faults.app.getSpec().replicas = 2;
    faults.app.getSpec().ingresses.get(0).healthCheck.intervalSeconds = 20;
    faults.apply();
    world.run(Duration.ofMinutes(5));
    faults.untilReady();
    assertThat(world.awsWrites())
        .contains("ecs:UpdateService", "elasticloadbalancing:ModifyTargetGroup");
    assertThat(desiredCount()).isEqualTo(3);
    assertThat(path()).isEqualTo("/");
    assertThat(
            person
                .elb()
                .describeTargetGroups(r -> {})
                .targetGroups()
                .get(0)
                .healthCheckIntervalSeconds())
        .isEqualTo(20);
  }

  @Test
  void whatIsTakenOffTheListIsPutBack() {
    others();
    faults.app.getSpec().ignore.remove("Service.count");
    faults.apply();
    world.run(Duration.ofMinutes(3));
    assertThat(world.awsWrites()).containsExactly("ecs:UpdateService");
    assertThat(desiredCount()).isEqualTo(1);
  }

  @Test
  void aPlanShowsItAsIgnoredAndStaysApprovedWhateverOthersDo() {
    others();
    faults.app.getSpec().mode = Mode.PLAN;
    faults.app.getSpec().image = "web:2";
    faults.app.getSpec().ingresses.get(0).healthCheck.intervalSeconds = 20;
    faults.apply();
    world.run(Duration.ofMinutes(1));
    var plan = faults.stored().getStatus().plan;
    assertThat(plan.ignored)
        .containsExactlyInAnyOrder(
            "Service/service count: 3 (spec: 1)",
            "TargetGroup/web healthCheck.path: / (spec: /healthz)");
    assertThat(plan.actions.toString()).doesNotContain("count:");
    person.ecs().updateService(r -> r.cluster("phoenix").service(service()).desiredCount(4));
    person.elb().modifyTargetGroup(r -> r.targetGroupArn(targetGroup()).healthCheckPath("/x"));
    world.run(Duration.ofMinutes(2));
    faults.app.getSpec().approvedPlan = plan.hash;
    faults.apply();
    world.run(Duration.ofMinutes(5));
    assertThat(faults.stored().getStatus().serving.shortImage).isEqualTo("web:2");
    assertThat(desiredCount()).isEqualTo(4);
    assertThat(path()).isEqualTo("/x");
  }

  @Test
  void suspendIsRefusedWhileTheCountIsOthers() {
    faults.app.getSpec().suspend = true;
    faults.apply();
    world.run(Duration.ofMinutes(1));
    assertThat(faults.condition(ConditionType.STALLED))
        .hasValueSatisfying(
            stalled -> {
              assertThat(stalled.getReason()).isEqualTo("InvalidSpec");
              assertThat(stalled.getMessage()).contains("spec.suspend").contains("Service.count");
            });
  }
}
