package dev.fargate.operator.status;

import static dev.fargate.operator.status.Scene.START;
import static dev.fargate.operator.status.Scene.TWO;
import static dev.fargate.operator.status.Scene.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.Rollout.TaskFailure;
import dev.fargate.operator.stack.MetricAlarm;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.build.Ids;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS's words, and what the operator makes of them: the field to mend and the fix. */
class CausesTest {
  private final Scene scene = Scene.app().rollout(deployment("PRIMARY", TWO, 1, 0, "IN_PROGRESS"));

  private static TaskFailure stopped(String code, String reason, Integer exit, String container) {
    return new TaskFailure(
        "arn:aws:ecs:r:1:task/cluster/t1",
        TWO,
        code,
        reason,
        "phoenix",
        exit,
        container,
        START.plusSeconds(5),
        Map.of());
  }

  private String told(TaskFailure failure) {
    scene.failures.add(failure);
    return told();
  }

  private String told() {
    Cause cause = scene.health().cause();
    return cause == null ? "nothing" : cause.reason() + ": " + cause.text();
  }

  // Tasks

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ECS was unable to assume the role 'arn:r' | ROLE_UNUSABLE: ECS cannot assume a role of the task: executionRoleArn (spec.defaults of FargateEnvironment phoenix) arn:aws:iam::123456789012:role/execution. It must exist and trust ecs-tasks.amazonaws.com. AWS: ECS was unable to assume the role 'arn:r'.
          ResourceInitializationError: failed to mount EFS volume | STORAGE_UNREACHABLE: The task could not mount its file system: its zone needs a mount target in state available, whose security group lets the task's group in on port 2049. AWS: ResourceInitializationError: failed to mount EFS volume.
          CannotPullContainerError: dial tcp: i/o timeout | NO_WAY_OUT: From its subnets the task reaches neither registry nor AWS: they need a NAT gateway, VPC endpoints or, if they are public, spec.network.assignPublicIp. AWS: CannotPullContainerError: dial tcp: i/o timeout.
          ResourceInitializationError: unable to retrieve secret from asm: arn:aws:secretsmanager:eu-central-1:1:secret:db, AccessDeniedException | SECRET_UNAVAILABLE: Secret arn:aws:secretsmanager:eu-central-1:1:secret:db may not be read by executionRoleArn (spec.defaults of FargateEnvironment phoenix) arn:aws:iam::123456789012:role/execution. AWS: ResourceInitializationError: unable to retrieve secret from asm: arn:aws:secretsmanager:eu-central-1:1:secret:db, AccessDeniedException.
          ResourceInitializationError: unable to fetch secrets from ssm: not authorized | SECRET_UNAVAILABLE: Secret that spec.env refers to may not be read by executionRoleArn (spec.defaults of FargateEnvironment phoenix) arn:aws:iam::123456789012:role/execution. AWS: ResourceInitializationError: unable to fetch secrets from ssm: not authorized.
          ResourceInitializationError: unable to retrieve secret from asm: no such key | SECRET_UNAVAILABLE: Secret that spec.env refers to cannot be read: it, its key or its version does not exist. See spec.env. AWS: ResourceInitializationError: unable to retrieve secret from asm: no such key.
          CannotPullContainerError: pull image manifest: not found | IMAGE_PULL_FAILED: Image phoenix:1 cannot be pulled: check its name and tag (spec.image), and that the execution role may pull it. AWS: pull image manifest: not found.
          ResourceInitializationError: unable to pull from ecr | IMAGE_PULL_FAILED: Image phoenix:1 cannot be pulled: check its name and tag (spec.image), and that the execution role may pull it. AWS: ResourceInitializationError: unable to pull from ecr.
          ResourceInitializationError: unable to pull from registry | IMAGE_PULL_FAILED: Image phoenix:1 cannot be pulled: check its name and tag (spec.image), and that the execution role may pull it. AWS: ResourceInitializationError: unable to pull from registry.
          You've reached the limit on the number of vCPUs you can run | QUOTA_EXCEEDED: The account runs as many Fargate vCPUs as AWS allows it: stop others, or ask AWS for more. AWS: You've reached the limit on the number of vCPUs you can run.
          Capacity is unavailable at this time | CAPACITY_UNAVAILABLE: AWS has no Fargate capacity for this task now; ECS goes on trying. Subnets in more zones, another size, or OnDemand beside Spot help. AWS: Capacity is unavailable at this time.
          (service web) failed container health checks | HEALTH_CHECK_FAILED: The container health check (spec.healthCheck) failed as often as its retries allow. AWS: (service web) failed container health checks.
          Something new. | TASKS_FAILING: A task stopped. AWS: Something new.
          Timeout connecting to efs | TASKS_FAILING: A task stopped. AWS: Timeout connecting to efs.
          """)
  void aTaskThatCouldNotStartIsToldInPlainWords(String words, String told) {
    assertThat(told(stopped("TaskFailedToStart", words, null, null))).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          1   | -                        | Container phoenix exited with code 1. Its output is in log group %s.
          0   | -                        | Container phoenix exited with code 0, but a service's process has to keep running. Its output is in log group %s.
          137 | -                        | Container phoenix exited with code 137 (it was killed). Its output is in log group %s.
          1   | panic                    | Container phoenix exited with code 1. Its output is in log group %s. AWS: Essential container in task exited: panic.
          -   | CannotStartContainer: no | Container phoenix could not be started. AWS: Essential container in task exited: CannotStartContainer: no.
          """)
  void aContainerThatEndedIsToldByItsExitCodeAndWhereItsOutputIs(
      Integer exit, String container, String told) {
    String group = scene.find(Ids.LOG_GROUP).outputs().get(Output.NAME);
    assertThat(
            told(
                stopped(
                    "EssentialContainerExited",
                    "Essential container in task exited",
                    exit,
                    container)))
        .isEqualTo("CONTAINER_EXITED: " + told.formatted(group));
  }

  @Test
  void aContainerOutOfMemoryIsToldHowMuchTheTaskHas() {
    assertThat(
            told(
                stopped(
                    "EssentialContainerExited",
                    "Essential container in task exited",
                    137,
                    "OutOfMemoryError: Container killed due to memory usage")))
        .isEqualTo(
            "OUT_OF_MEMORY: Container phoenix used more memory than it has (the task: 512 MiB):"
                + " raise spec.memoryMiB, or let it use less. AWS: Essential container in task"
                + " exited: OutOfMemoryError: Container killed due to memory usage.");
  }

  @Test
  void aRevisionThatIsNotKnownAnyMoreIsToldWithoutItsSettings() {
    scene.without(Ids.TASK_DEFINITION);
    assertThat(told(stopped("TaskFailedToStart", "unable to assume the role", null, null)))
        .startsWith("ROLE_UNUSABLE: ECS cannot assume a role of the task: see spec.iam.");
    scene.failures.clear();
    assertThat(told(stopped("TaskFailedToStart", "CannotPullContainerError: x", null, null)))
        .startsWith("IMAGE_PULL_FAILED: Image spec.image cannot be pulled");
    scene.failures.clear();
    assertThat(told(stopped("EssentialContainerExited", null, 2, null)))
        .isEqualTo("CONTAINER_EXITED: Container phoenix exited with code 2.");
    scene.failures.clear();
    assertThat(told(stopped("EssentialContainerExited", null, 137, "OutOfMemory")))
        .startsWith("OUT_OF_MEMORY: Container phoenix used more memory than it has: raise");
    scene.failures.clear();
    assertThat(
            told(
                stopped(
                    "TaskFailedToStart",
                    "ResourceInitializationError: from asm: AccessDenied",
                    null,
                    null)))
        .startsWith(
            "SECRET_UNAVAILABLE: Secret that spec.env refers to may not be read by the execution role.");
  }

  @Test
  void aContainerWithoutANameIsToldAllTheSame() {
    TaskFailure one = stopped("EssentialContainerExited", "", null, "no such file");
    scene.failures.add(
        new TaskFailure(
            one.taskArn(),
            TWO,
            one.stopCode(),
            one.stoppedReason(),
            null,
            null,
            one.containerReason(),
            null,
            Map.of()));
    assertThat(told())
        .isEqualTo("CONTAINER_EXITED: A container could not be started. AWS: no such file.");
  }

  // Health checks

  private static final String GROUP = Scene.outputs(Ids.targetGroup("web")).get(Output.ARN);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Health checks failed with these codes: [503] | The health check on /healthz port 3000 answered 503, not 200. AWS: Health checks failed with these codes: [503].
          Request timed out | The health check on /healthz port 3000 got no answer within 5 s: it is too slow, nothing listens there, or a security group keeps the load balancer out. AWS: Request timed out.
          Health checks failed | The health check on /healthz port 3000 was refused: nothing listens there, or it does not speak HTTP. The container has to listen on all addresses. AWS: Health checks failed.
          Something new | The health check on /healthz port 3000 failed. AWS: Something new.
          """)
  void whatTheLoadBalancerFoundIsToldInPlainWords(String words, String told) {
    scene.rollout(deployment("PRIMARY", TWO, 1, 1, "IN_PROGRESS"));
    scene.target("10.0.0.9", "healthy", null, null);
    scene.target("10.0.0.1", "unhealthy", "Target.FailedHealthChecks", words);
    assertThat(told()).isEqualTo("HEALTH_CHECK_FAILED: " + told);
  }

  @Test
  void withoutADescriptionTheReasonIsQuoted() {
    scene.rollout(deployment("PRIMARY", TWO, 1, 1, "IN_PROGRESS"));
    scene.target("10.0.0.1", "unhealthy", "Target.Timeout", null);
    assertThat(told()).endsWith("AWS: Target.Timeout.");
  }

  @Test
  void whileNoTaskRunsATargetIsOneOfAnOlderRevision() {
    scene.target("10.0.0.1", "unhealthy", "Target.Timeout", "Request timed out");
    assertThat(told()).isEqualTo("nothing");
  }

  @Test
  void aTargetGroupThatIsNotSeenIsToldWithoutItsSettings() {
    scene.without(Ids.targetGroup("web"));
    scene.rollout(deployment("PRIMARY", TWO, 1, 1, "IN_PROGRESS"));
    scene.target("10.0.0.1", "unhealthy", "r", "codes: [500]");
    assertThat(told())
        .isEqualTo(
            "HEALTH_CHECK_FAILED: The health check port 3000 answered 500. AWS: codes: [500].");
    scene.targets.clear();
    scene.target("10.0.0.1", "unhealthy", "r", "Request timed out");
    assertThat(told()).contains("The health check port 3000 got no answer: it is too slow");
    scene.targets.clear();
    scene.target("10.0.0.1", "unhealthy", "r", "Health checks failed");
    assertThat(told()).contains("it does not speak the check's protocol");
  }

  private TaskFailure failedChecks() {
    return stopped(
        "ServiceSchedulerInitiated",
        "Task failed ELB health checks in (target-group " + GROUP + ")",
        null,
        null);
  }

  @Test
  void whenTheTargetIsGoneEcsEventAboutItsTaskStillTells() {
    scene.events.add(
        "(service web) (task t9) (port 1) is unhealthy in (target-group x) due to (reason other).");
    scene.events.add(
        "(service web) (task t1) (port 3000) is unhealthy in (target-group "
            + GROUP
            + ") due to (reason Health checks failed with these codes: [404]).");
    assertThat(told(failedChecks()))
        .isEqualTo(
            "HEALTH_CHECK_FAILED: The health check on /healthz port 3000 answered 404, not"
                + " 200. AWS: Health checks failed with these codes: [404].");
  }

  @Test
  void withoutAnEventTheTargetsOfTheGroupTell() {
    scene.targets.add(
        new dev.fargate.operator.plan.Rollout.Target(
            "other", "10.0.0.7", 1, "unhealthy", "o", "other"));
    scene.target("10.0.0.8", "healthy", null, "fine");
    scene.target("10.0.0.1", "unhealthy.draining", "r", "Request timed out");
    assertThat(told(failedChecks())).contains("on /healthz port 3000 got no answer within 5 s");
  }

  @Test
  void withNeitherThePortIsNotKnown() {
    assertThat(told(failedChecks()))
        .isEqualTo(
            "HEALTH_CHECK_FAILED: The health check on /healthz failed. AWS: Task failed ELB health"
                + " checks in (target-group "
                + GROUP
                + ").");
  }

  @Test
  void aHealthCheckOnAPortOfItsOwnNamesThat() {
    Scene own = Scene.app(app -> app.getSpec().ingresses.get(0).healthCheck.port = 3001);
    own.rollout(deployment("PRIMARY", TWO, 1, 1, "IN_PROGRESS"));
    own.target("10.0.0.1", "unhealthy", "r", "Health checks failed");
    assertThat(own.health().cause().text())
        .startsWith("The health check on /healthz port 3001 was refused: ");
  }

  // Which one comes first

  @Test
  void aTaskThatEndedByItselfTellsMoreThanATarget() {
    scene.rollout(deployment("PRIMARY", TWO, 1, 1, "IN_PROGRESS"));
    scene.target("10.0.0.1", "unhealthy", "r", "Request timed out");
    scene.failures.add(stopped("TaskFailedToStart", "no capacity", null, null));
    assertThat(told()).startsWith("HEALTH_CHECK_FAILED");
    scene.failures.clear();
    assertThat(told(stopped("EssentialContainerExited", "", 1, null)))
        .startsWith("CONTAINER_EXITED");
  }

  @Test
  void whatHappenedBeforeTheRolloutDoesNotCount() {
    TaskFailure one = stopped("EssentialContainerExited", "", 1, null);
    scene.failures.add(
        new TaskFailure(
            one.taskArn(),
            TWO,
            one.stopCode(),
            "",
            "phoenix",
            1,
            null,
            START.minusSeconds(1),
            Map.of()));
    assertThat(told()).isEqualTo("nothing");
    scene.failures.clear();
    scene.failures.add(
        new TaskFailure(
            one.taskArn(), TWO, one.stopCode(), "", "phoenix", 1, null, START, Map.of()));
    assertThat(told()).startsWith("CONTAINER_EXITED");
  }

  @Test
  void anEventTellsOfATaskThatEcsCouldNotEvenPlace() {
    scene.events.add("(service web) was unable to place a task. Reason: no capacity.");
    assertThat(told()).startsWith("CAPACITY_UNAVAILABLE");
    scene.events.set(0, "(service web) failed to launch a task: odd");
    assertThat(told())
        .isEqualTo(
            "TASKS_FAILING: ECS cannot start a task. AWS: (service web) failed to launch a task: odd.");
    scene.events.add(0, "(service web) has started 1 tasks");
    assertThat(told()).as("since then it could").isEqualTo("nothing");
  }

  @Test
  void onceEcsHasGoneBackTheEventsBeforeThatTellWhyItCouldNotPlaceATask() {
    scene.rollout(
        deployment("PRIMARY", Scene.ONE, 1, 1, "IN_PROGRESS"),
        deployment("ACTIVE", TWO, 1, 0, "FAILED"));
    scene.failedRevisions.add(TWO);
    scene.events.add("(service web) was unable to place a task. Reason: Internal error.");
    assertThat(told()).as("nobody says of which deployment").isEqualTo("nothing");
    String failed = "(service web) (deployment ecs-svc/" + RolloutHealth.revision(TWO) + ")";
    scene.events.add(0, failed + " deployment failed: tasks failed to start.");
    scene.events.add(0, "(service web) has started 1 tasks: (task a).");
    assertThat(told())
        .isEqualTo(
            "TASKS_FAILING: ECS cannot start a task. AWS: (service web) was unable to place a"
                + " task. Reason: Internal error.");
  }

  // Alarms

  private static Scene watched(String... names) {
    return Scene.app(
        app -> {
          for (String name : names) {
            Alarm alarm = new Alarm();
            alarm.name = name;
            alarm.metric = "Cpu";
            alarm.thresholdPercent = 80;
            alarm.topicArn = "arn:aws:sns:eu-central-1:123456789012:on-call";
            app.getSpec().alarms.add(alarm);
          }
          app.getSpec().rollout = new Rollout();
          app.getSpec().rollout.rollbackAlarms = List.of(names);
        });
  }

  private static String endedByAlarm(Scene watched) {
    watched.rollout(deployment("PRIMARY", Scene.ONE, 1, 1, "COMPLETED"));
    watched.failedRevisions.add(TWO);
    watched.events.add("(service web) (deployment d) deployment failed: alarm detected.");
    return watched.health().cause() == null ? "nothing" : watched.health().cause().text();
  }

  @Test
  void theAlarmThatEndedARolloutIsNamedWithCloudWatchsWords() {
    Scene watched = watched("busy", "full");
    watched.changed(
        Ids.alarm("full"),
        one ->
            Scene.actually(
                ((MetricAlarm) one.actual())
                    .in(new MetricAlarm.State(MetricAlarm.State.RAISED, "90 over 80", "t")),
                one));
    watched.changed(
        Ids.alarm("busy"),
        one ->
            Scene.actually(
                ((MetricAlarm) one.actual())
                    .in(new MetricAlarm.State(MetricAlarm.State.OK, "fine", "t")),
                one));
    assertThat(endedByAlarm(watched))
        .isEqualTo(
            "Alarm full (spec.rollout.rollbackAlarms) was raised meanwhile. AWS: 90 over 80.");
  }

  @Test
  void anAlarmThatIsOverIsOneOfThoseThatAreWatched() {
    assertThat(endedByAlarm(watched("busy")))
        .isEqualTo("Alarm busy (spec.rollout.rollbackAlarms) was raised meanwhile.");
    assertThat(endedByAlarm(watched("busy", "full")))
        .isEqualTo(
            "One of the alarms busy, full (spec.rollout.rollbackAlarms) was raised meanwhile.");
  }

  @Test
  void theNewestFailureCounts() {
    Scene watched = watched("busy");
    watched.events.add("(service web) deployment failed: tasks failed to start.");
    assertThat(endedByAlarm(watched)).isEqualTo("nothing");
  }

  @Test
  void whatWasToldOfAnAlarmStays() {
    Scene watched = watched("busy");
    watched.known = new Cause(Reason.ALARM_RAISED, "Alarm busy was raised. AWS: 90 over 80.");
    watched.failures.add(stopped("EssentialContainerExited", "", 1, null));
    assertThat(endedByAlarm(watched)).isEqualTo("Alarm busy was raised. AWS: 90 over 80.");
  }

  @Test
  void whyARevisionWasRolledBackIsToldWhenEcsHasForgottenIt() {
    scene.rollout(deployment("PRIMARY", Scene.ONE, 1, 1, "COMPLETED"));
    scene.failedRevisions.add(TWO);
    scene.known = new Cause(Reason.CONTAINER_EXITED, "It exited with code 1.");
    assertThat(told()).isEqualTo("CONTAINER_EXITED: It exited with code 1.");
    scene.failures.add(stopped("TaskFailedToStart", "no capacity", null, null));
    assertThat(told()).as("what is seen counts more").startsWith("CAPACITY_UNAVAILABLE");
  }

  // Calls that AWS refuses

  private Cause refused(ResourceId id, ErrorClass error, String said) {
    Outcome.Failed failed = Scene.failed(scene.action(Verb.CREATE, id), error, "Code", said);
    return Refusals.of(failed, scene.look().fields());
  }

  @Test
  void aRefusalThatIsAboutARoleNamesTheFieldItComesFrom() {
    assertThat(refused(Ids.TASK_DEFINITION, ErrorClass.INVALID, "Role is not valid"))
        .isEqualTo(
            new Cause(
                Reason.ROLE_UNUSABLE,
                "AWS does not know a role of the task: executionRoleArn (spec.defaults of"
                    + " FargateEnvironment phoenix) arn:aws:iam::123456789012:role/execution. It"
                    + " must exist in this account and trust ecs-tasks.amazonaws.com. AWS:"
                    + " TaskDefinition/tasks: Code: Role is not valid (request r-1)."));
    assertThat(refused(Ids.TASK_DEFINITION, ErrorClass.DENIED, "not authorized: iam:PassRole"))
        .extracting(Cause::reason, Cause::text)
        .satisfies(
            both ->
                assertThat(both.toString())
                    .startsWith(
                        "[ACCESS_DENIED, The operator's role may not pass a role to ECS: "));
  }

  @Test
  void aSecurityGroupThatDoesNotExistNamesTheField() {
    assertThat(refused(Ids.SERVICE, ErrorClass.INVALID, "InvalidGroup.NotFound: sg-1").text())
        .startsWith(
            "A security group of the tasks does not exist: spec.network.securityGroupIds of"
                + " FargateEnvironment phoenix. Name one of this VPC, or remove it. AWS: ");
    assertThat(refused(Ids.LOG_GROUP, ErrorClass.INVALID, "InvalidGroup.NotFound: sg-1").text())
        .startsWith("LogGroup/logs: Code: InvalidGroup.NotFound");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Role cannot be assumed", "not authorized to iam:PassRole"})
  void aBackupRoleThatCannotBeUsedIsToldWithTheFix(String said) {
    Scene durable =
        Scene.database(
            database -> {
              database.getSpec().storage.ephemeral = null;
              database.getSpec().storage.efs = new dev.fargate.api.v1alpha1.database.EfsStorage();
              database.getSpec().backup = new dev.fargate.api.v1alpha1.database.Backup();
              database.getSpec().backup.schedule = "0 3 * * *";
              database.getSpec().backup.roleArn = "arn:aws:iam::123456789012:role/backup";
            });
    for (ResourceId id : List.of(Ids.BACKUP_SELECTION, Ids.BACKUP_VAULT)) {
      assertThat(
              Refusals.of(
                      Scene.failed(
                          durable.action(Verb.CREATE, id), ErrorClass.INVALID, "Code", said),
                      durable.look().fields())
                  .reason())
          .isEqualTo(Reason.BACKUP_ROLE_UNUSABLE);
    }
    assertThat(
            Refusals.of(
                    Scene.failed(
                        durable.action(Verb.CREATE, Ids.BACKUP_PLAN),
                        ErrorClass.INVALID,
                        "Code",
                        said),
                    durable.look().fields())
                .reason())
        .isEqualTo(Reason.INVALID_REQUEST);
  }

  @Test
  void anyOtherRefusalIsInAwsOwnWords() {
    assertThat(refused(Ids.LOG_GROUP, ErrorClass.CAPACITY, "too many"))
        .isEqualTo(new Cause(Reason.QUOTA_EXCEEDED, "LogGroup/logs: Code: too many (request r-1)"));
  }
}
