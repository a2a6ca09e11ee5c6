package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A standalone task: started once, seen until an hour after its end, replaced by nobody. */
class RunTaskTest {
  private final EcsWorld world = new EcsWorld();
  private final String definition = world.register("job:1");

  private Struct request() {
    return Struct.of()
        .with("cluster", "main")
        .with("taskDefinition", definition)
        .with("launchType", "FARGATE")
        .with("networkConfiguration", EcsWorld.network());
  }

  private List<Struct> run(Struct request) {
    Struct answer = world.call("RunTask", request);
    assertThat(answer.structs("failures")).isEmpty();
    return answer.structs("tasks");
  }

  private void refused(Struct request, String code, String message) {
    assertThatThrownBy(() -> world.call("RunTask", request))
        .isInstanceOfSatisfying(
            AwsException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private List<String> listed(Struct filter) {
    return world.call("ListTasks", filter.with("cluster", "main")).strings("taskArns");
  }

  private static Struct by(String startedBy) {
    return Struct.of().with("startedBy", startedBy);
  }

  private static Struct override(Struct container) {
    return Struct.of().with("containerOverrides", List.of(container.with("name", "web")));
  }

  @Test
  void aTaskThatHasDoneItsWorkIsStoppedWithItsExitCodeAndNotReplaced() {
    world.tasks.image("job:1").exitsAfter(Duration.ofSeconds(30), 3);
    Struct started = run(request().with("startedBy", "restore-1")).get(0);
    assertThat(started.required("lastStatus")).isEqualTo("PROVISIONING");
    assertThat(started.required("group")).isEqualTo("family:web");
    assertThat(started.required("startedBy")).isEqualTo("restore-1");
    assertThat(started.required("launchType")).isEqualTo("FARGATE");

    world.seconds(40);
    assertThat(world.tasks("RUNNING").get(0).required("lastStatus")).isEqualTo("RUNNING");

    world.seconds(60);
    Struct stopped = world.tasks("STOPPED").get(0);
    assertThat(stopped.required("taskArn")).isEqualTo(started.required("taskArn"));
    assertThat(stopped.required("lastStatus")).isEqualTo("STOPPED");
    assertThat(stopped.required("stopCode")).isEqualTo("EssentialContainerExited");
    assertThat(stopped.required("stoppedReason")).isEqualTo("Essential container in task exited");
    assertThat(stopped.structs("containers").get(0).integer("exitCode")).contains(3);
    assertThat(stopped.structs("attachments").get(0).required("status")).isEqualTo("DELETED");

    world.seconds(600);
    assertThat(world.tasks("RUNNING")).isEmpty();
    assertThat(world.tasks.launches()).hasSize(1);
  }

  @Test
  void aStoppedTaskIsForgottenAfterAnHour() {
    world.tasks.image("job:1").exitsAfter(Duration.ofSeconds(1), 0);
    run(request());
    world.seconds(50 * 60);
    assertThat(world.tasks("STOPPED")).hasSize(1);
    world.seconds(12 * 60);
    assertThat(world.tasks("STOPPED")).isEmpty();
  }

  @Test
  void tasksAreFoundByWhoStartedThemByFamilyAndByStatusAndNotAmongAServices() {
    world.steady(EcsWorld.service(world.register("web:1"), 1));
    String arn = run(request().with("startedBy", "restore-1")).get(0).required("taskArn");
    run(request().with("startedBy", "restore-2"));

    assertThat(listed(by("restore-1"))).containsExactly(arn);
    assertThat(listed(by("restore-1").with("desiredStatus", "STOPPED"))).isEmpty();
    assertThat(listed(Struct.of().with("family", "web"))).hasSize(3);
    assertThat(listed(Struct.of().with("serviceName", "web"))).hasSize(1).doesNotContain(arn);
    assertThatThrownBy(() -> listed(by("restore-1").with("family", "web")))
        .hasMessageContaining("startedBy");
  }

  @Test
  void aUserMayStopIt() {
    String arn = run(request()).get(0).required("taskArn");
    world.seconds(60);
    world.call("StopTask", Struct.of().with("cluster", "main").with("task", arn));
    world.seconds(60);
    assertThat(world.tasks("STOPPED").get(0).required("stopCode")).isEqualTo("UserInitiated");
  }

  @Test
  void aRepeatedRequestWithTheSameTokenStartsNothing() {
    Struct request = request().with("clientToken", "token").with("count", 2);
    List<Struct> first = run(request);
    world.seconds(60);
    List<Struct> again = run(request);

    assertThat(again)
        .extracting(task -> task.required("taskArn"))
        .containsExactlyElementsOf(first.stream().map(task -> task.required("taskArn")).toList());
    assertThat(world.tasks.launches()).hasSize(2);
    run(request.copy().with("clientToken", "other"));
    world.seconds(60);
    assertThat(world.tasks.launches()).hasSize(4);
  }

  @Test
  void aTokenUsedForAnotherRequestIsAConflictThatNamesTheTasks() {
    Struct request = request().with("clientToken", "token");
    String arn = run(request).get(0).required("taskArn");
    assertThatThrownBy(() -> world.call("RunTask", request.copy().with("startedBy", "else")))
        .isInstanceOfSatisfying(
            AwsException.class,
            conflict -> {
              assertThat(conflict.code()).isEqualTo("ConflictException");
              assertThat(conflict.members().strings("resourceIds")).containsExactly(arn);
            });
  }

  @Test
  void aTokenIsForgottenWithItsTasksAndAfterADayAtTheLatest() {
    world.tasks.image("job:1").exitsAfter(Duration.ofSeconds(1), 0);
    Struct ended = request().with("clientToken", "ended");
    String first = run(ended).get(0).required("taskArn");
    world.seconds(30 * 60);
    assertThat(run(ended).get(0).required("taskArn")).isEqualTo(first);
    world.seconds(45 * 60);
    assertThat(run(ended).get(0).required("taskArn")).isNotEqualTo(first);

    world.tasks.image("job:1").runs();
    Struct running = request().with("clientToken", "running");
    String second = run(running).get(0).required("taskArn");
    world.pass(Duration.ofHours(23));
    assertThat(run(running).get(0).required("taskArn")).isEqualTo(second);
    world.pass(Duration.ofHours(2));
    assertThat(run(running).get(0).required("taskArn")).isNotEqualTo(second);
  }

  @Test
  void commandAndVariablesOfAContainerAreOverriddenForThisTaskAlone() {
    Struct variable = Struct.of().with("name", "POINT").with("value", "p-1");
    Struct container =
        Struct.of()
            .with("command", List.of("sh", "-c", "exit 0"))
            .with("environment", List.of(variable));
    Struct task =
        run(request()
                .with("overrides", override(container).with("cpu", "512").with("memory", "1024")))
            .get(0);
    run(request());
    world.seconds(30);

    TaskRuntime.Launch launch = world.tasks.launches().get(0);
    assertThat(launch.containers().get(0).command()).containsExactly("sh", "-c", "exit 0");
    assertThat(launch.containers().get(0).environment()).containsEntry("POINT", "p-1");
    assertThat(launch.cpuUnits()).isEqualTo(512);
    assertThat(task.required("cpu")).isEqualTo("512");
    Struct shown = task.struct("overrides").orElseThrow().structs("containerOverrides").get(0);
    assertThat(shown.strings("command")).containsExactly("sh", "-c", "exit 0");
    TaskRuntime.Launch second = world.tasks.launches().get(1);
    assertThat(second.containers().get(0).command()).isEmpty();
    assertThat(second.containers().get(0).environment()).doesNotContainKey("POINT");
    assertThat(second.cpuUnits()).isEqualTo(256);
  }

  @Test
  void overridesThatFitNothingAreRefused() {
    refused(
        request()
            .with(
                "overrides",
                Struct.of().with("containerOverrides", List.of(Struct.of().with("name", "other")))),
        "InvalidParameterException",
        "Override for container named other is not a container in the TaskDefinition.");
    refused(
        request()
            .with("overrides", override(Struct.of().with("command", List.of("x".repeat(9000))))),
        "InvalidParameterException",
        "at most 8192");
    refused(
        request().with("overrides", Struct.of().with("cpu", "512").with("memory", "512")),
        "ClientException",
        "No Fargate configuration exists for given values.");
    refused(
        request().with("overrides", Struct.of().with("taskRoleArn", "arn:aws:iam::1:role/none")),
        "ClientException",
        "unable to assume the role 'arn:aws:iam::1:role/none'");
  }

  @Test
  void tagsComeFromTheRequestTheDefinitionAndEcs() {
    world.call(
        "TagResource",
        Struct.of().with("resourceArn", definition).with("tags", List.of(tag("team", "data"))));
    Struct tagged =
        request()
            .with("tags", List.of(tag("owner", "restore")))
            .with("propagateTags", "TASK_DEFINITION")
            .with("enableECSManagedTags", true);
    assertThat(run(tagged).get(0).structs("tags"))
        .containsExactlyInAnyOrder(
            tag("team", "data"), tag("owner", "restore"), tag("aws:ecs:clusterName", "main"));
    assertThat(run(request()).get(0).structs("tags")).isEmpty();
  }

  private static Struct tag(String key, String value) {
    return Struct.of().with("key", key).with("value", value);
  }

  @Test
  void whatFargateRefusesIsRefused() {
    refused(
        request().with("networkConfiguration", null),
        "InvalidParameterException",
        "Network Configuration must be provided");
    refused(request().with("count", 11), "InvalidParameterException", "between 1 and 10");
    refused(
        request().with("clientToken", "x".repeat(65)), "InvalidParameterException", "clientToken");
    refused(request().with("startedBy", "a b"), "InvalidParameterException", "startedBy");
    refused(request().with("group", "service:web"), "InvalidParameterException", "group name");
    refused(
        request().with("propagateTags", "SERVICE"), "InvalidParameterException", "propagateTags");
    refused(request().with("launchType", null), "UnsupportedFeatureException", "launchType");
    refused(request().with("platformVersion", "9.9.9"), "PlatformUnknownException", "9.9.9");
    refused(request().with("taskDefinition", "nobody"), "ClientException", "task definition");
    world.roles.clear();
    refused(request(), "ClientException", "unable to assume the role '" + EcsWorld.ROLE + "'");
    assertThat(world.tasks("RUNNING")).isEmpty();
  }

  @Test
  void withoutCapacityTheAnswerIsAFailureAndTheTokenStaysFree() {
    Struct request = request().with("clientToken", "token");
    world.ecs.failRunTask("Capacity is unavailable at this time.");
    Struct answer = world.call("RunTask", request);
    assertThat(answer.structs("tasks")).isEmpty();
    assertThat(answer.structs("failures"))
        .extracting(failure -> failure.required("reason"))
        .containsExactly("Capacity is unavailable at this time.");

    world.ecs.failRunTask(null);
    assertThat(run(request)).hasSize(1);
  }

  @Test
  void aTaskThatCannotStartSaysWhyAndIsNotTriedAgain() {
    world.tasks.image("job:1").failsToPull("CannotPullContainerError: no such image");
    run(request());
    world.seconds(300);
    Struct stopped = world.tasks("STOPPED").get(0);
    assertThat(stopped.required("stopCode")).isEqualTo("TaskFailedToStart");
    assertThat(stopped.required("stoppedReason")).contains("no such image");
    assertThat(world.tasks.launches()).hasSize(1);
  }

  @Test
  void severalTasksAreSpreadOverTheSubnets() {
    assertThat(run(request().with("count", 2)))
        .extracting(task -> task.required("availabilityZone"))
        .doesNotHaveDuplicates();
  }

  @Test
  void aClusterAndATaskDefinitionAreInUseWhileItRuns() {
    run(request());
    assertThatThrownBy(() -> world.call("DeleteCluster", Struct.of().with("cluster", "main")))
        .isInstanceOfSatisfying(
            AwsException.class,
            refusal -> assertThat(refusal.code()).isEqualTo("ClusterContainsTasksException"));
    world.call("DeregisterTaskDefinition", Struct.of().with("taskDefinition", definition));
    world.call("DeleteTaskDefinitions", Struct.of().with("taskDefinitions", List.of(definition)));
    world.seconds(600);
    assertThat(
            world
                .call("DescribeTaskDefinition", Struct.of().with("taskDefinition", definition))
                .struct("taskDefinition")
                .orElseThrow()
                .required("status"))
        .isEqualTo("DELETE_IN_PROGRESS");
  }

  @Test
  void aSubnetThatIsNotThereIsRefusedInTheCall() {
    Struct network =
        Struct.of()
            .with("awsvpcConfiguration", Struct.of().with("subnets", List.of("subnet-0none")));
    refused(
        request().with("networkConfiguration", network),
        "InvalidParameterException",
        "subnet-0none");
  }
}
