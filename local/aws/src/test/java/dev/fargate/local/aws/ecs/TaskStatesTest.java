package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.ec2.Ec2Fixture;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskStatesTest {
  private final EcsWorld world = new EcsWorld();

  @Test
  void aTaskGoesThroughAllStatesInOrder() {
    world.call("CreateService", world.balanced(1));
    List<String> up = statesOver(60, "RUNNING");
    assertThat(up).containsExactly("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING");

    world.call("UpdateService", EcsWorld.update().with("desiredCount", 0));
    List<String> down = statesOver(90, "STOPPED");
    assertThat(down).containsExactly("DEACTIVATING", "DEPROVISIONING", "STOPPED");
  }

  @Test
  void theInterfaceIsAttachedBeforeThePullAndDeletedWithTheTask() {
    world.call("CreateService", world.balanced(1));
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
    world.steady(world.balanced(1));
    world.call("UpdateService", EcsWorld.update().with("desiredCount", 0));

    world.seconds(20);
    assertThat(world.balancing.targets("draining")).isEqualTo(1);
    assertThat(world.tasks.running()).hasSize(1);

    world.seconds(30);
    assertThat(world.balancing.targets("draining")).isZero();
    assertThat(world.tasks.running()).isEmpty();
  }

  @Test
  void aTaskTellsItsServiceDeploymentAndAddress() {
    world.steady(world.balanced(1));

    Struct task = world.tasks("RUNNING").get(0);
    assertThat(task.required("group")).isEqualTo("service:web");
    assertThat(task.required("startedBy")).isEqualTo(world.primary().required("id"));
    assertThat(task.required("taskDefinitionArn"))
        .isEqualTo(world.service().required("taskDefinition"));
    assertThat(task.required("launchType")).isEqualTo("FARGATE");
    String address =
        task.structs("containers")
            .get(0)
            .structs("networkInterfaces")
            .get(0)
            .required("privateIpv4Address");
    assertThat(world.balancing.elb.targetGroups().health(group(), address, 3000)).isPresent();
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
    String registry = world.discovery();
    world.steady(registered(registry, EcsWorld.container("web:1")));

    Struct task = world.tasks("RUNNING").get(0);
    Struct instance = instances(registry).get(0);
    assertThat(instance.required("Id")).isEqualTo(Arns.lastPart(task.required("taskArn")));
    assertThat(instance.map("Attributes"))
        .containsEntry("ECS_SERVICE_NAME", "web")
        .containsEntry("ECS_CLUSTER_NAME", "main")
        .containsEntry("ECS_TASK_DEFINITION_FAMILY", "web")
        .containsEntry("REGION", "eu-central-1")
        .containsEntry("AVAILABILITY_ZONE", task.required("availabilityZone"));
    assertThat(world.cloudMap.records(Ec2Fixture.VPC))
        .containsOnlyKeys("db.phoenix")
        .containsValue(List.of((String) instance.map("Attributes").get("AWS_INSTANCE_IPV4")));

    world.call("UpdateService", EcsWorld.update().with("desiredCount", 0));
    world.seconds(60);
    assertThat(instances(registry)).isEmpty();
    assertThat(world.cloudMap.records(Ec2Fixture.VPC)).isEmpty();
  }

  @Test
  void anInstanceWithContainerHealthCheckIsHealthyOnlyOnceItsTaskIs() {
    String registry = world.discovery();
    Struct check = Struct.of().with("command", List.of("CMD", "true")).with("interval", 30);
    world.call(
        "CreateService",
        registered(registry, EcsWorld.container("web:1").with("healthCheck", check)));
    world.seconds(40);
    String id = instances(registry).get(0).required("Id");
    assertThat(health(registry)).containsEntry(id, "UNHEALTHY");

    world.seconds(60);
    assertThat(health(registry)).containsEntry(id, "HEALTHY");
  }

  @Test
  void afterTheServiceIsGoneItsInstancesStayInCloudMapForAWhile() {
    String registry = world.discovery();
    world.steady(registered(registry, EcsWorld.container("web:1")));
    world.call("DeleteService", EcsWorld.update().with("force", true));

    world.seconds(50);
    assertThat(world.service().required("status")).isEqualTo("INACTIVE");
    assertThat(instances(registry)).hasSize(1);

    world.seconds(60);
    assertThat(instances(registry)).isEmpty();
  }

  private Struct registered(String registry, Struct container) {
    String definition =
        world
            .call("RegisterTaskDefinition", EcsWorld.definition(container))
            .struct("taskDefinition")
            .orElseThrow()
            .required("taskDefinitionArn");
    return EcsWorld.service(definition, 1)
        .with("serviceRegistries", List.of(Struct.of().with("registryArn", registry)));
  }

  private List<Struct> instances(String registry) {
    return world
        .cloudMap
        .handle("ListInstances", Struct.of().with("ServiceId", registry), EcsWorld.CALLER)
        .structs("Instances");
  }

  private Map<String, Object> health(String registry) {
    return world
        .cloudMap
        .handle(
            "GetInstancesHealthStatus", Struct.of().with("ServiceId", registry), EcsWorld.CALLER)
        .map("Status");
  }

  private String group() {
    return world.balancing.targetGroup;
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
