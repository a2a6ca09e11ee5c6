package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RollingDeploymentTest {
  private final EcsWorld world = new EcsWorld();

  @Test
  void aFirstDeploymentStartsTheDesiredTasksAndCompletes() {
    world.call("CreateService", EcsWorld.service(world.register("web:1"), 2));

    assertThat(world.primary().required("rolloutState")).isEqualTo("IN_PROGRESS");
    assertThat(world.primary().required("rolloutStateReason"))
        .matches("ECS deployment ecs-svc/[0-9]{19} in progress\\.");

    world.seconds(90);

    Struct service = world.service();
    assertThat(service.integer("runningCount")).contains(2);
    assertThat(service.integer("pendingCount")).contains(0);
    assertThat(world.deployments()).hasSize(1);
    assertThat(world.primary().required("rolloutState")).isEqualTo("COMPLETED");
    String id = world.primary().required("id");
    assertThat(world.primary().required("rolloutStateReason"))
        .isEqualTo("ECS deployment " + id + " completed.");
    assertThat(world.events())
        .satisfiesExactly(
            e ->
                assertThat(e)
                    .matches(
                        "\\(service web\\) has started 2 tasks: \\(task [0-9a-f]{32}\\) \\(task"
                            + " [0-9a-f]{32}\\)\\."),
            e ->
                assertThat(e)
                    .isEqualTo("(service web) (deployment " + id + ") deployment completed."),
            e -> assertThat(e).isEqualTo("(service web) has reached a steady state."));
  }

  @Test
  void aNewRevisionIsStartedBesideTheOldOneWhichStopsOnceTheNewOneIsHealthy() {
    world.steady(world.balanced(2));
    String second = world.register("web:2");

    world.call("UpdateService", EcsWorld.update().with("taskDefinition", second));
    assertThat(statuses()).containsExactly("PRIMARY", "ACTIVE");

    int lowest = Integer.MAX_VALUE;
    int highest = 0;
    for (int i = 0; i < 120; i++) {
      world.seconds(1);
      int running = world.service().integer("runningCount").orElseThrow();
      lowest = Math.min(lowest, running);
      highest = Math.max(highest, running);
    }

    assertThat(lowest).isEqualTo(2);
    assertThat(highest).isEqualTo(4);
    assertThat(world.deployments()).hasSize(1);
    assertThat(world.primary().required("taskDefinition")).isEqualTo(second);
    assertThat(world.primary().required("rolloutState")).isEqualTo("COMPLETED");
    assertThat(world.tasks.running()).allMatch(t -> t.containers().get(0).image().equals("web:2"));
  }

  @Test
  void theDeploymentCompletesOnlyAfterTheOldTasksHaveDrained() {
    world.steady(world.balanced(1));
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", world.register("web:2")));

    List<String> whileDraining = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      world.seconds(1);
      if (world.balancing.targets("draining") > 0) {
        whileDraining.add(world.primary().required("rolloutState"));
      }
    }

    assertThat(whileDraining).isNotEmpty().containsOnly("IN_PROGRESS");
    assertThat(world.primary().required("rolloutState")).isEqualTo("COMPLETED");
  }

  @Test
  void withMaximum100AndMinimum0TheOldTaskIsGoneBeforeTheNewOneStarts() {
    world.steady(
        EcsWorld.service(world.register("db:1"), 1)
            .with(
                "deploymentConfiguration",
                Struct.of().with("maximumPercent", 100).with("minimumHealthyPercent", 0)));
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", world.register("db:2")));

    for (int i = 0; i < 120; i++) {
      world.seconds(1);
      assertThat(world.tasks.running().size()).isLessThanOrEqualTo(1);
    }

    assertThat(world.tasks.running().get(0).containers().get(0).image()).isEqualTo("db:2");
    assertThat(world.primary().required("rolloutState")).isEqualTo("COMPLETED");
  }

  @Test
  void percentagesThatAllowNothingAreReportedOnce() {
    world.steady(
        EcsWorld.service(world.register("web:1"), 1)
            .with(
                "deploymentConfiguration",
                Struct.of().with("maximumPercent", 100).with("minimumHealthyPercent", 100)));
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", world.register("web:2")));
    world.seconds(600);

    assertThat(world.primary().required("rolloutState")).isEqualTo("IN_PROGRESS");
    assertThat(world.events().stream().filter(e -> e.contains("was unable to stop or start tasks")))
        .hasSize(1);
  }

  @Test
  void scalingOutAndInStartsNoDeployment() {
    world.steady(EcsWorld.service(world.register("web:1"), 1));
    String deployment = world.primary().required("id");

    world.call("UpdateService", EcsWorld.update().with("desiredCount", 3));
    world.seconds(90);
    assertThat(world.service().integer("runningCount")).contains(3);

    world.call("UpdateService", EcsWorld.update().with("desiredCount", 1));
    world.seconds(60);
    assertThat(world.service().integer("runningCount")).contains(1);
    assertThat(world.primary().required("id")).isEqualTo(deployment);
    assertThat(world.tasks("STOPPED"))
        .hasSize(2)
        .allMatch(
            task ->
                task.required("stoppedReason")
                    .equals("Scaling activity initiated by (deployment " + deployment + ")"))
        .allMatch(task -> task.required("stopCode").equals("ServiceSchedulerInitiated"));
  }

  @Test
  void tasksAreSpreadOverTheZonesOfTheSubnets() {
    world.steady(EcsWorld.service(world.register("web:1"), 4));

    Map<String, Long> zones =
        world.tasks("RUNNING").stream()
            .collect(
                Collectors.groupingBy(
                    task -> task.required("availabilityZone"), Collectors.counting()));
    assertThat(zones).containsOnlyKeys("eu-central-1a", "eu-central-1b").containsValue(2L);
  }

  @Test
  void onlyFieldsThatReplaceTasksStartADeployment() {
    String definition = world.register("web:1");
    world.steady(EcsWorld.service(definition, 1));
    String first = world.primary().required("id");

    world.call(
        "UpdateService",
        EcsWorld.update()
            .with("taskDefinition", definition)
            .with("networkConfiguration", EcsWorld.network())
            .with("healthCheckGracePeriodSeconds", 30)
            .with("enableExecuteCommand", true)
            .with("propagateTags", "SERVICE")
            .with("deploymentConfiguration", EcsWorld.breaker()));
    assertThat(world.primary().required("id")).isEqualTo(first);

    world.call("UpdateService", EcsWorld.update().with("forceNewDeployment", true));
    assertThat(world.primary().required("id")).isNotEqualTo(first);
    assertThat(world.primary().required("taskDefinition")).isEqualTo(definition);
  }

  @Test
  void anEmptyListRemovesLoadBalancersAndAnAbsentOneKeepsThem() {
    world.steady(world.balanced(1));

    world.call("UpdateService", EcsWorld.update().with("desiredCount", 1));
    assertThat(world.service().structs("loadBalancers")).hasSize(1);

    world.call("UpdateService", EcsWorld.update().with("loadBalancers", List.of()));
    assertThat(world.service().structs("loadBalancers")).isEmpty();
    assertThat(world.deployments()).hasSize(2);
  }

  private List<String> statuses() {
    return world.deployments().stream().map(d -> d.required("status")).toList();
  }
}
