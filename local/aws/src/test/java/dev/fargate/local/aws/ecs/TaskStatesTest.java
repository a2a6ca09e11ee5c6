package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskStatesTest {
  private final EcsWorld world = new EcsWorld();

  @Test
  void aTaskGoesThroughAllStatesInOrder() {
    world.call("CreateService", registered(1));
    List<String> up = statesOver(60, "RUNNING");
    assertThat(up).containsExactly("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING");

    world.call("UpdateService", EcsWorld.update().with("desiredCount", 0));
    List<String> down = statesOver(90, "STOPPED");
    assertThat(down).containsExactly("DEACTIVATING", "DEPROVISIONING", "STOPPED");
  }

  @Test
  void theInterfaceIsAttachedBeforeThePullAndDeletedWithTheTask() {
    world.call("CreateService", registered(1));
    world.seconds(6);
    assertThat(attachment("RUNNING").required("status")).isEqualTo("PRECREATED");

    world.seconds(60);
    Struct attached = attachment("RUNNING");
    assertThat(attached.required("status")).isEqualTo("ATTACHED");
    assertThat(attached.structs("details").stream().map(d -> d.required("name")))
        .containsExactly("subnetId", "networkInterfaceId", "macAddress", "privateIPv4Address");

    world.call("UpdateService", EcsWorld.update().with("desiredCount", 0));
    world.seconds(90);
    assertThat(attachment("STOPPED").required("status")).isEqualTo("DELETED");
  }

  @Test
  void aTargetIsDrainedBeforeItsTaskGetsTerm() {
    world.steady(registered(1));
    world.call("UpdateService", EcsWorld.update().with("desiredCount", 0));

    world.seconds(20);
    assertThat(world.targetGroups.draining()).isEqualTo(1);
    assertThat(world.tasks.running()).hasSize(1);

    world.seconds(30);
    assertThat(world.targetGroups.draining()).isZero();
    assertThat(world.tasks.running()).isEmpty();
  }

  @Test
  void aTaskTellsItsServiceDeploymentAndAddress() {
    world.steady(registered(1));

    Struct task = world.tasks("RUNNING").get(0);
    assertThat(task.required("group")).isEqualTo("service:web");
    assertThat(task.required("startedBy")).isEqualTo(world.primary().required("id"));
    assertThat(task.required("taskDefinitionArn"))
        .isEqualTo(world.service().required("taskDefinition"));
    assertThat(task.required("launchType")).isEqualTo("FARGATE");
    assertThat(world.targetGroups.calls.get(0))
        .endsWith(
            task.structs("containers")
                .get(0)
                .structs("networkInterfaces")
                .get(0)
                .required("privateIpv4Address"));
  }

  @Test
  void stoppedTasksAreForgottenAfterAnHour() {
    world.steady(EcsWorld.service(world.register("web:1"), 1));
    world.call("UpdateService", EcsWorld.update().with("desiredCount", 0));
    world.seconds(50 * 60);
    assertThat(world.tasks("STOPPED")).hasSize(1);

    world.seconds(12 * 60);
    assertThat(world.tasks("STOPPED")).isEmpty();
  }

  @Test
  void aUserMayStopATaskAndTheServiceReplacesIt() {
    world.steady(EcsWorld.service(world.register("web:1"), 1));
    String arn = world.tasks("RUNNING").get(0).required("taskArn");

    world.call(
        "StopTask", Struct.of().with("cluster", "main").with("task", arn).with("reason", "test"));
    world.seconds(60);

    Struct stopped = world.tasks("STOPPED").get(0);
    assertThat(stopped.required("taskArn")).isEqualTo(arn);
    assertThat(stopped.required("stopCode")).isEqualTo("UserInitiated");
    assertThat(stopped.required("stoppedReason")).isEqualTo("test");
    assertThat(world.tasks("RUNNING")).hasSize(1);
  }

  @Test
  void instancesInCloudMapFollowTheTasks() {
    world.steady(
        EcsWorld.service(world.register("web:1"), 1)
            .with(
                "serviceRegistries",
                List.of(Struct.of().with("registryArn", StandInRegistry.ARN))));

    Struct task = world.tasks("RUNNING").get(0);
    String id = Arns.lastPart(task.required("taskArn"));
    assertThat(world.registry.instances).containsOnlyKeys(id);
    assertThat(world.registry.instances.get(id))
        .containsEntry("ECS_SERVICE_NAME", "web")
        .containsEntry("ECS_CLUSTER_NAME", "main")
        .containsEntry("ECS_TASK_DEFINITION_FAMILY", "web")
        .containsEntry("REGION", "eu-central-1")
        .containsEntry("AVAILABILITY_ZONE", task.required("availabilityZone"));

    world.call("UpdateService", EcsWorld.update().with("desiredCount", 0));
    world.seconds(60);
    assertThat(world.registry.instances).isEmpty();
  }

  private Struct registered(int desired) {
    return RollingDeploymentTest.withLoadBalancer(world.register("web:1"), desired);
  }

  private Struct attachment(String desiredStatus) {
    return world.tasks(desiredStatus).get(0).structs("attachments").get(0);
  }

  /** The different last statuses of the one task, second by second. */
  private List<String> statesOver(int seconds, String desiredStatus) {
    List<String> states = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      world.seconds(1);
      world.tasks(desiredStatus).stream()
          .map(task -> task.required("lastStatus"))
          .filter(state -> states.isEmpty() || !states.get(states.size() - 1).equals(state))
          .forEach(states::add);
    }
    return states;
  }
}
