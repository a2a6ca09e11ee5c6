package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskFailureTest {
  private static final String PARAMETERS = "arn:aws:ssm:eu-central-1:123456789012:parameter/";
  private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db";

  private final EcsWorld world = new EcsWorld();

  @Test
  void aCrashedTaskIsReplacedAndItsTargetDeregisteredAtOnce() {
    world.steady(world.balanced(1));
    String crashed = world.tasks("RUNNING").get(0).required("taskArn");

    world.tasks.exit(crashed, "web", 1);

    assertThat(world.balancing.targets("draining")).isEqualTo(1);
    world.seconds(60);
    assertThat(world.tasks("RUNNING")).hasSize(1).noneMatch(t -> crashed.equals(arn(t)));
    assertThat(world.primary().required("rolloutState")).isEqualTo("COMPLETED");
    assertThat(world.events().get(world.events().size() - 1))
        .isEqualTo("(service web) has reached a steady state.");
  }

  @Test
  void aTaskOutOfMemorySaysSo() {
    world.tasks.image("web:1").runsOutOfMemoryAfter(Duration.ofMinutes(5));
    world.steady(EcsWorld.service(world.register("web:1"), 1));
    world.seconds(360);

    Struct task = world.tasks("STOPPED").get(0);
    assertThat(task.required("stopCode")).isEqualTo("EssentialContainerExited");
    Struct container = task.structs("containers").get(0);
    assertThat(container.integer("exitCode")).contains(137);
    assertThat(container.required("reason"))
        .isEqualTo("OutOfMemoryError: Container killed due to memory usage");
  }

  @Test
  void anUnhealthyTargetIsReplacedByANewTaskBeforeItsTaskStops() {
    world.steady(world.balanced(2));
    Struct sick = world.tasks("RUNNING").get(0);
    String id = Arns.lastPart(arn(sick));
    world.tasks.task(arn(sick)).answersNothing();

    int fewest = 2;
    for (int i = 0; i < 90; i++) {
      world.seconds(1);
      fewest = Math.min(fewest, world.service().integer("runningCount").orElseThrow());
    }

    assertThat(fewest).isEqualTo(2);
    assertThat(world.tasks("STOPPED")).hasSize(1);
    Struct stopped = world.tasks("STOPPED").get(0);
    assertThat(arn(stopped)).isEqualTo(arn(sick));
    assertThat(stopped.required("stopCode")).isEqualTo("ServiceSchedulerInitiated");
    assertThat(stopped.required("stoppedReason"))
        .isEqualTo(
            "Task failed ELB health checks in (target-group " + world.balancing.targetGroup + ")");
    assertThat(world.events())
        .anyMatch(e -> e.endsWith(" Amazon ECS replaced 1 tasks due to an unhealthy status."))
        .contains(
            "(service web) (task "
                + id
                + ") (port 3000) is unhealthy in (target-group "
                + world.balancing.targetGroup
                + ") due to (reason Request timed out).",
            "(service web) has stopped 1 running tasks: (task " + id + ").");
  }

  @Test
  void withoutRoomAboveTheDesiredCountAnUnhealthyTaskStopsFirst() {
    world.steady(
        world
            .balanced(1)
            .with(
                "deploymentConfiguration",
                Struct.of().with("maximumPercent", 100).with("minimumHealthyPercent", 0)));
    world.tasks.task(arn(world.tasks("RUNNING").get(0))).answersNothing();
    for (int i = 0; i < 120; i++) {
      world.seconds(1);
      assertThat(world.tasks.running().size()).isLessThanOrEqualTo(1);
    }
    assertThat(world.service().integer("runningCount")).contains(1);
    assertThat(world.tasks("STOPPED")).hasSize(1);
  }

  @Test
  void withinTheGracePeriodAnUnhealthyTargetIsLeftAlone() {
    world.tasks.image("web:1").answers(500);
    world.call("CreateService", world.balanced(1).with("healthCheckGracePeriodSeconds", 300));
    world.seconds(250);
    assertThat(world.tasks.launches()).hasSize(1);

    world.seconds(120);
    assertThat(world.tasks.launches().size()).isGreaterThan(1);
  }

  @Test
  void aSecretThatIsMissingEndsTheTaskWithResourceInitializationError() {
    world.steady(EcsWorld.service(registerWithSecret(), 1));

    assertThat(world.tasks("STOPPED"))
        .isNotEmpty()
        .allMatch(t -> t.required("stopCode").equals("TaskFailedToStart"))
        .allMatch(
            t ->
                t.required("stoppedReason")
                    .startsWith(
                        "ResourceInitializationError: unable to pull secrets or registry auth:"));
    assertThat(world.tasks.launches()).isEmpty();
  }

  @Test
  void aSecretReachesTheContainerAsVariable() {
    world.secrets.put(SECRET, "mongodb://db");
    world.steady(EcsWorld.service(registerWithSecret(), 1));

    assertThat(world.tasks.launches().get(0).containers().get(0).environment())
        .containsEntry("DB", "mongodb://db")
        .containsEntry("AWS_REGION", "eu-central-1");
  }

  @Test
  void parametersThatAreMissingEndTheTaskAndAreAllNamed() {
    world.parameters.put(PARAMETERS + "there", "x");
    world.steady(EcsWorld.service(registerWithParameters("shop/token", "there", "shop/key"), 1));

    assertThat(world.tasks("STOPPED"))
        .isNotEmpty()
        .allMatch(t -> t.required("stopCode").equals("TaskFailedToStart"))
        .allMatch(
            t ->
                t.required("stoppedReason")
                    .equals(
                        "ResourceInitializationError: unable to pull secrets or registry auth:"
                            + " execution resource retrieval failed: unable to retrieve secrets"
                            + " from ssm: service call has been retried 1 time(s): invalid"
                            + " parameters: /shop/token,/shop/key"));
    assertThat(world.tasks.launches()).isEmpty();
  }

  @Test
  void aParameterReachesTheContainerAsVariable() {
    world.parameters.put(PARAMETERS + "shop/token", "t0ken");
    world.steady(EcsWorld.service(registerWithParameters("shop/token"), 1));

    assertThat(world.tasks.launches().get(0).containers().get(0).environment())
        .containsEntry("shop/token", "t0ken");
  }

  @Test
  void aMissingLogGroupEndsTheTaskWithResourceInitializationError() {
    Struct options =
        Struct.of()
            .with("logDriver", "awslogs")
            .with(
                "options",
                java.util.Map.of(
                    "awslogs-group", "/gone",
                    "awslogs-region", "eu-central-1",
                    "awslogs-stream-prefix", "web"));
    String definition =
        registered(
            EcsWorld.definition(EcsWorld.container("web:1").with("logConfiguration", options)));
    world.steady(EcsWorld.service(definition, 1));

    assertThat(world.tasks("STOPPED").get(0).required("stoppedReason"))
        .startsWith("ResourceInitializationError: failed to initialize logging driver:");

    world.logGroups.add("/gone");
    world.seconds(120);
    assertThat(world.service().integer("runningCount")).contains(1);
    assertThat(world.tasks.running().get(0).containers().get(0).logStream())
        .matches("web/web/[0-9a-f]{32}");
  }

  @Test
  void aRoleThatIsGoneShowsAsEventAndStartsNoTask() {
    String definition = world.register("web:1");
    world.roles.clear();
    world.call("CreateService", EcsWorld.service(definition, 1));
    world.seconds(60);

    assertThat(world.events())
        .contains(
            "(service web) failed to launch a task with (error ECS was unable to assume the role '"
                + EcsWorld.ROLE
                + "' that was provided for this task. Please verify that the role being passed has"
                + " the proper trust relationship and permissions and that your IAM user has"
                + " permissions to pass this role.).");
    assertThat(world.tasks("STOPPED")).isEmpty();

    world.roles.add(EcsWorld.ROLE);
    world.seconds(180);
    assertThat(world.service().integer("runningCount")).contains(1);
  }

  @Test
  void aTaskThatThereIsNoRoomForShowsAsEventAndCountsAsFailed() {
    world.ecs.failPlacement("Internal error");
    world.call("CreateService", EcsWorld.service(world.register("web:1"), 1));
    world.seconds(60);

    assertThat(world.events())
        .contains(
            "(service web) was unable to place a task. Reason: Internal error. For more"
                + " information, see the Troubleshooting section.");
    assertThat(world.tasks("STOPPED")).isEmpty();
    assertThat(world.primary().integer("failedTasks").orElseThrow()).isPositive();

    world.ecs.failPlacement(null);
    world.seconds(180);
    assertThat(world.service().integer("runningCount")).contains(1);
  }

  @Test
  void aContainerThatIgnoresTermIsKilledAfterItsStopTimeout() {
    world.tasks.image("web:1").ignoresTerm();
    String definition =
        registered(EcsWorld.definition(EcsWorld.container("web:1").with("stopTimeout", 100)));
    world.steady(EcsWorld.service(definition, 1));
    world.call("UpdateService", EcsWorld.update().with("desiredCount", 0));

    world.seconds(90);
    assertThat(world.tasks("STOPPED").get(0).required("lastStatus")).isEqualTo("STOPPING");
    world.seconds(60);
    Struct task = world.tasks("STOPPED").get(0);
    assertThat(task.required("lastStatus")).isEqualTo("STOPPED");
    assertThat(task.structs("containers").get(0).integer("exitCode")).contains(137);
  }

  private String registerWithSecret() {
    Struct secret = Struct.of().with("name", "DB").with("valueFrom", SECRET);
    return registered(
        EcsWorld.definition(EcsWorld.container("web:1").with("secrets", List.of(secret))));
  }

  private String registerWithParameters(String... names) {
    List<Struct> secrets =
        Stream.of(names)
            .map(name -> Struct.of().with("name", name).with("valueFrom", PARAMETERS + name))
            .toList();
    return registered(EcsWorld.definition(EcsWorld.container("web:1").with("secrets", secrets)));
  }

  private String registered(Struct definition) {
    return world
        .call("RegisterTaskDefinition", definition)
        .struct("taskDefinition")
        .orElseThrow()
        .required("taskDefinitionArn");
  }

  private static String arn(Struct task) {
    return task.required("taskArn");
  }
}
