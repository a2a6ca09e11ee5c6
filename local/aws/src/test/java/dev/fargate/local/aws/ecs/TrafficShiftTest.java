package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Blue/green, linear and canary deployments, by the weights of a listener rule. */
class TrafficShiftTest {
  private static final String INFRASTRUCTURE = "arn:aws:iam::123456789012:role/infrastructure";

  private final EcsWorld world = new EcsWorld();
  private final String web = world.balancing.targetGroup;
  private final String green = world.balancing.group("green", "ip");
  private final String rule = world.balancing.rule(web, green);

  @BeforeEach
  void role() {
    world.roles.add(INFRASTRUCTURE);
  }

  private Struct balancer() {
    return EcsWorld.loadBalancer(web)
        .with(
            "advancedConfiguration",
            Struct.of()
                .with("alternateTargetGroupArn", green)
                .with("productionListenerRule", rule)
                .with("roleArn", INFRASTRUCTURE));
  }

  private Struct shifted(Struct configuration) {
    return EcsWorld.service(world.register("web:1"), 2)
        .with("loadBalancers", List.of(balancer()))
        .with("deploymentConfiguration", configuration);
  }

  private static Struct blueGreen(int bakeMinutes) {
    return Struct.of().with("strategy", "BLUE_GREEN").with("bakeTimeInMinutes", bakeMinutes);
  }

  private void deploy(String image) {
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", world.register(image)));
  }

  private Struct deployment() {
    return deployment(world.service().required("currentServiceDeployment"));
  }

  private Struct deployment(String arn) {
    return world
        .call("DescribeServiceDeployments", Struct.of().with("serviceDeploymentArns", List.of(arn)))
        .structs("serviceDeployments")
        .get(0);
  }

  private String stage() {
    return deployment().string("lifecycleStage").orElse("none");
  }

  private void untilStage(String stage) {
    world.until(stage, () -> stage().equals(stage));
  }

  private void untilDone() {
    world.until("done", () -> deployment().required("status").equals("SUCCESSFUL"));
  }

  private String weights() {
    return world.balancing.weights(rule);
  }

  private long running(String image) {
    return world.tasks.running().stream()
        .filter(task -> task.containers().get(0).image().equals(image))
        .count();
  }

  @Test
  void theFirstDeploymentGetsTheFirstGroupAndTheNextOnesTakeTurns() {
    world.steady(shifted(blueGreen(1)));
    untilDone();
    assertThat(weights()).isEqualTo("green=0 web=100");
    deploy("web:2");
    untilDone();
    assertThat(weights()).isEqualTo("green=100 web=0");
    assertThat(world.service().structs("loadBalancers").get(0).required("targetGroupArn"))
        .as("what was asked for stays as it was; the revision tells which group it is")
        .isEqualTo(web);
    Struct revision =
        world
            .call(
                "DescribeServiceRevisions",
                Struct.of()
                    .with(
                        "serviceRevisionArns",
                        List.of(
                            deployment()
                                .struct("targetServiceRevision")
                                .orElseThrow()
                                .required("arn"))))
            .structs("serviceRevisions")
            .get(0);
    assertThat(
            revision
                .struct("resolvedConfiguration")
                .orElseThrow()
                .structs("loadBalancers")
                .get(0)
                .required("targetGroupArn"))
        .isEqualTo(green);
    deploy("web:3");
    untilDone();
    assertThat(weights()).isEqualTo("green=0 web=100");
  }

  @Test
  void blueGreenShiftsAllTrafficOnceAllNewTasksAreHealthyAndStopsTheOldOnesAfterTheBakeTime() {
    world.steady(shifted(blueGreen(5)));
    untilDone();
    deploy("web:2");
    Set<String> stages = new LinkedHashSet<>();
    Set<String> weights = new LinkedHashSet<>();
    Duration baked = Duration.ZERO;
    while (!deployment().required("status").equals("SUCCESSFUL")) {
      stages.add(stage());
      weights.add(weights());
      boolean shifted = weights().equals("green=100 web=0");
      if (shifted) {
        assertThat(world.balancing.targets(green, "healthy")).isEqualTo(2);
      }
      if (!stage().equals("CLEAN_UP")) {
        assertThat(running("web:1")).isEqualTo(2);
      }
      if (stage().equals("BAKE_TIME")) {
        baked = baked.plusSeconds(1);
      }
      world.seconds(1);
    }
    assertThat(stages)
        .containsExactly(
            "RECONCILE_SERVICE",
            "PRE_SCALE_UP",
            "SCALE_UP",
            "POST_SCALE_UP",
            "TEST_TRAFFIC_SHIFT",
            "POST_TEST_TRAFFIC_SHIFT",
            "PRODUCTION_TRAFFIC_SHIFT",
            "POST_PRODUCTION_TRAFFIC_SHIFT",
            "BAKE_TIME",
            "CLEAN_UP");
    assertThat(weights).containsExactly("green=0 web=100", "green=100 web=0");
    assertThat(baked).isEqualTo(Duration.ofMinutes(5));
    assertThat(running("web:1")).isZero();
    assertThat(world.deployments()).hasSize(1);
    assertThat(world.primary().required("rolloutState")).isEqualTo("COMPLETED");
  }

  @Test
  void linearShiftsInEqualSteps() {
    world.steady(
        shifted(
            Struct.of()
                .with("strategy", "LINEAR")
                .with(
                    "linearConfiguration",
                    Struct.of().with("stepPercent", 30.0).with("stepBakeTimeInMinutes", 2))));
    untilDone();
    deploy("web:2");
    assertThat(steps()).containsExactly("0 for 0", "30 for 2", "60 for 2", "90 for 2");
    assertThat(weights()).isEqualTo("green=100 web=0");
  }

  @Test
  void canaryShiftsALittleAndLaterTheRest() {
    world.steady(shifted(Struct.of().with("strategy", "CANARY")));
    untilDone();
    deploy("web:2");
    assertThat(steps()).containsExactly("0 for 0", "5 for 10");
    assertThat(weights()).isEqualTo("green=100 web=0");
  }

  /** The shares of the new group before all of it, and for how many minutes each. */
  private List<String> steps() {
    untilStage("PRODUCTION_TRAFFIC_SHIFT");
    List<String> steps = new ArrayList<>();
    String share = "0";
    int seconds = 0;
    while (!share.equals("100")) {
      String now = weights().replaceAll("green=([0-9]+).*", "$1");
      if (!now.equals(share)) {
        steps.add(share + " for " + seconds / 60);
        seconds = 0;
      }
      share = now;
      seconds++;
      world.seconds(1);
    }
    return steps;
  }

  @Test
  void aDeploymentThatIsStoppedWhileItBakesGivesTheTrafficBackAtOnce() {
    world.steady(shifted(blueGreen(20)));
    untilDone();
    deploy("web:2");
    untilStage("BAKE_TIME");
    assertThat(weights()).isEqualTo("green=100 web=0");
    String stopped = deployment().required("serviceDeploymentArn");
    world.call("StopServiceDeployment", Struct.of().with("serviceDeploymentArn", stopped));
    assertThat(deployment(stopped).required("status")).isEqualTo("ROLLBACK_REQUESTED");
    world.seconds(5);
    assertThat(weights()).isEqualTo("green=0 web=100");
    assertThat(running("web:1")).isEqualTo(2);
    assertThat(deployment(stopped).required("status")).isEqualTo("ROLLBACK_IN_PROGRESS");
    world.until(
        "rolled back", () -> deployment(stopped).required("status").equals("ROLLBACK_SUCCESSFUL"));
    assertThat(running("web:2")).isZero();
    assertThat(world.primary().required("taskDefinition")).endsWith(":1");
    assertThatThrownBy(
            () ->
                world.call(
                    "StopServiceDeployment", Struct.of().with("serviceDeploymentArn", stopped)))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.code()).isEqualTo("ConflictException"));
    deploy("web:3");
    untilDone();
    assertThat(weights()).isEqualTo("green=100 web=0");
  }

  @Test
  void newTasksThatNeverGetHealthyGetNoTrafficAndAreRolledBackAfterADay() {
    world.steady(shifted(blueGreen(1)));
    untilDone();
    world.tasks.image("web:2").answers(500);
    deploy("web:2");
    String failing = deployment().required("serviceDeploymentArn");
    world.pass(Duration.ofHours(23));
    assertThat(stage()).isEqualTo("SCALE_UP");
    assertThat(weights()).isEqualTo("green=0 web=100");
    world.pass(Duration.ofHours(2));
    assertThat(deployment(failing).required("status")).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(running("web:1")).isEqualTo(2);
    assertThat(running("web:2")).isZero();
  }

  @Test
  void aNewerDeploymentEndsTheOneThatShiftsAndTheTrafficGoesBackFirst() {
    world.steady(shifted(blueGreen(20)));
    untilDone();
    deploy("web:2");
    untilStage("BAKE_TIME");
    String superseded = deployment().required("serviceDeploymentArn");
    deploy("web:3");
    assertThat(weights()).isEqualTo("green=0 web=100");
    assertThat(deployment(superseded).required("status")).isEqualTo("STOPPED");
    untilStage("BAKE_TIME");
    assertThat(running("web:1")).isEqualTo(2);
    assertThat(running("web:2")).isZero();
    assertThat(running("web:3")).isEqualTo(2);
    assertThat(weights()).isEqualTo("green=100 web=0");
  }

  @Test
  void bothSidesAreScaledWhileTheyStandSideBySide() {
    world.steady(shifted(blueGreen(20)));
    untilDone();
    deploy("web:2");
    untilStage("BAKE_TIME");
    world.call("UpdateService", EcsWorld.update().with("desiredCount", 3));
    world.seconds(120);
    assertThat(running("web:1")).isEqualTo(3);
    assertThat(running("web:2")).isEqualTo(3);
  }

  @Test
  void withoutTheInfrastructureRoleTheTrafficStaysAndAnEventSaysSo() {
    world.steady(shifted(blueGreen(1)));
    untilDone();
    world.roles.remove(INFRASTRUCTURE);
    deploy("web:2");
    world.seconds(600);
    assertThat(stage()).isEqualTo("PRODUCTION_TRAFFIC_SHIFT");
    assertThat(weights()).isEqualTo("green=0 web=100");
    assertThat(world.events().stream().filter(e -> e.contains("unable to assume the role")))
        .hasSize(1);
    world.roles.add(INFRASTRUCTURE);
    untilDone();
    assertThat(weights()).isEqualTo("green=100 web=0");
  }

  @Test
  void aRollingServiceGetsTheConfigurationByARollingDeploymentFirst() {
    world.steady(world.balanced(1));
    Struct both =
        EcsWorld.update()
            .with("loadBalancers", List.of(balancer()))
            .with("deploymentConfiguration", blueGreen(1));
    assertInvalid(() -> world.call("UpdateService", both), "advancedConfiguration");
    world.call("UpdateService", EcsWorld.update().with("loadBalancers", List.of(balancer())));
    Struct strategy = EcsWorld.update().with("deploymentConfiguration", blueGreen(1));
    assertInvalid(() -> world.call("UpdateService", strategy), "while a deployment is in progress");
    untilDone();
    world.call("UpdateService", strategy);
    deploy("web:2");
    untilDone();
    assertThat(weights()).isEqualTo("green=100 web=0");
    world.call(
        "UpdateService",
        EcsWorld.update().with("deploymentConfiguration", Struct.of().with("strategy", "ROLLING")));
    deploy("web:3");
    untilDone();
    assertThat(weights()).as("rolling goes on where it serves").isEqualTo("green=100 web=0");
    assertThat(world.balancing.targets(green, "healthy")).isEqualTo(1);
  }

  @Test
  void whatIsMissingToShiftTrafficIsRefused() {
    assertInvalid(
        () ->
            world.call(
                "CreateService", world.balanced(1).with("deploymentConfiguration", blueGreen(1))),
        "advancedConfiguration must be provided");
    assertInvalid(
        () -> world.call("CreateService", shifted(Struct.of().with("strategy", "BLUE_GREEN"))),
        "bakeTimeInMinutes is required");
    assertInvalid(
        () ->
            world.call(
                "CreateService", shifted(blueGreen(1).with("linearConfiguration", Struct.of()))),
        "Linear configuration can only be present with LINEAR deployment strategy");
    assertInvalid(
        () ->
            world.call(
                "CreateService", shifted(blueGreen(1).with("deploymentCircuitBreaker", breaker()))),
        "circuit breaker");
    for (String member : List.of("alternateTargetGroupArn", "productionListenerRule", "roleArn")) {
      Struct lacking = balancer();
      lacking.struct("advancedConfiguration").orElseThrow().with(member, null);
      assertInvalid(
          () ->
              world.call(
                  "CreateService", shifted(blueGreen(1)).with("loadBalancers", List.of(lacking))),
          "advancedConfiguration." + member + " must be provided");
    }
    Struct other = balancer();
    String third = world.balancing.group("third", "ip");
    world.balancing.listener(81, third);
    other.struct("advancedConfiguration").orElseThrow().with("alternateTargetGroupArn", third);
    assertInvalid(
        () ->
            world.call(
                "CreateService", shifted(blueGreen(1)).with("loadBalancers", List.of(other))),
        "must forward to both target groups");
  }

  private static Struct breaker() {
    return Struct.of().with("enable", true).with("rollback", true);
  }

  private static void assertInvalid(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String part) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.code()).isEqualTo("InvalidParameterException"))
        .hasMessageContaining(part);
  }
}
