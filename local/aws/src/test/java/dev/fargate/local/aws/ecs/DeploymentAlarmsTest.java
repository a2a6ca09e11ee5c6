package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deployments that ECS watches by CloudWatch alarms. */
class DeploymentAlarmsTest {
  private final EcsWorld world = new EcsWorld();

  private Struct watched(boolean rollback) {
    return EcsWorld.service(world.register("web:1"), 1)
        .with(
            "deploymentConfiguration",
            Struct.of()
                .with(
                    "alarms",
                    Struct.of()
                        .with("alarmNames", List.of("errors", "latency"))
                        .with("enable", true)
                        .with("rollback", rollback)));
  }

  private void completed() {
    world.until("completed", () -> world.primary().required("rolloutState").equals("COMPLETED"));
  }

  private void update() {
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", world.register("web:2")));
  }

  private Struct newest() {
    String arn =
        world
            .call(
                "ListServiceDeployments",
                Struct.of().with("cluster", "main").with("service", "web"))
            .structs("serviceDeployments")
            .get(0)
            .required("serviceDeploymentArn");
    return world
        .call("DescribeServiceDeployments", Struct.of().with("serviceDeploymentArns", List.of(arn)))
        .structs("serviceDeployments")
        .get(0);
  }

  @Test
  void anAlarmRaisedInTheBakeTimeRollsBackThoughAllTasksAreHealthy() {
    world.steady(watched(true));
    completed();
    String first = world.primary().required("id");
    update();
    String second = world.primary().required("id");
    world.seconds(150);
    assertThat(world.primary().required("rolloutState"))
        .as("all tasks are new, and it is watched on")
        .isEqualTo("IN_PROGRESS");
    assertThat(world.tasks("RUNNING")).hasSize(1);
    world.raised.add("errors");

    world.until("rolled back", () -> world.primary().required("id").equals(first));
    assertThat(world.events())
        .containsSubsequence(
            "(service web) (deployment " + second + ") deployment failed: alarm detected.",
            "(service web) rolling back to deployment " + first + ".");
    assertThat(newest().required("status")).isEqualTo("ROLLBACK_IN_PROGRESS");
    assertThat(newest().struct("alarms").orElseThrow().required("status")).isEqualTo("TRIGGERED");
    assertThat(newest().struct("alarms").orElseThrow().strings("triggeredAlarmNames"))
        .containsExactly("errors");
    completed();
    assertThat(world.primary().required("id"))
        .as("the raised alarm does not fail the way back")
        .isEqualTo(first);
    assertThat(newest().required("status")).isEqualTo("ROLLBACK_SUCCESSFUL");
  }

  @Test
  void withoutRollbackTheDeploymentFailsAndStays() {
    world.steady(watched(false));
    completed();
    update();
    world.seconds(20);
    world.raised.add("latency");
    world.seconds(300);
    assertThat(world.primary().required("rolloutState")).isEqualTo("FAILED");
    assertThat(world.events()).noneMatch(event -> event.contains("rolling back"));
  }

  @Test
  void anAlarmThatIsRaisedAlreadyDoesNotKeepTheFixFromBeingDeployed() {
    world.steady(watched(true));
    completed();
    world.raised.add("errors");
    update();
    world.seconds(1);
    assertThat(newest().struct("alarms").orElseThrow().required("status")).isEqualTo("DISABLED");
    world.seconds(150);
    assertThat(world.deployments()).hasSize(1);
    assertThat(world.primary().required("rolloutState")).isEqualTo("COMPLETED");
  }

  @Test
  void afterTheBakeTimeTheyAreLookedAtNoMore() {
    world.steady(watched(true));
    update();
    completed();
    world.raised.add("errors");
    world.seconds(300);
    assertThat(world.events()).noneMatch(event -> event.contains("alarm detected"));
    assertThat(newest().required("status")).isEqualTo("SUCCESSFUL");
  }
}
