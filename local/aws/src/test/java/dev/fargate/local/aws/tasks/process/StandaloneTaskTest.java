package dev.fargate.local.aws.tasks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.LifeCycleState;

/** A standalone task of the database's image really changes the files of a file system. */
class StandaloneTaskTest {
  /** Processes start within a second; the rest is for busy machines. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String EXECUTION_ROLE =
      "arn:aws:iam::123456789012:role/fargate-operator-task-execution";

  private static final List<String> SUBNETS =
      List.of("subnet-0aaa0000000000001", "subnet-0aaa0000000000002");

  private final AwsEndpoint endpoint =
      AwsEndpoint.builder().realTime(10).processTasks(BuiltInImages.table()).build();
  private final EcsClient ecs = Clients.inThread(endpoint, EcsClient.builder());
  private final EfsClient efs = Clients.inThread(endpoint, EfsClient.builder());
  private final CloudWatchLogsClient logs =
      Clients.inThread(endpoint, CloudWatchLogsClient.builder());
  private Path root;

  @BeforeEach
  void aFileSystemWithADatabaseInIt() throws IOException {
    String id = efs.createFileSystem(r -> r.creationToken("data")).fileSystemId();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                efs.describeFileSystems(r -> r.fileSystemId(id))
                        .fileSystems()
                        .get(0)
                        .lifeCycleState()
                    == LifeCycleState.AVAILABLE);
    SUBNETS.forEach(subnet -> efs.createMountTarget(r -> r.fileSystemId(id).subnetId(subnet)));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                efs.describeMountTargets(r -> r.fileSystemId(id)).mountTargets().stream()
                    .allMatch(target -> target.lifeCycleState() == LifeCycleState.AVAILABLE));
    root = endpoint.fileSystems().folder(id);
    Files.createDirectories(root.resolve("fargate/db"));
    Files.writeString(root.resolve("fargate/db/data"), "old");
    logs.createLogGroup(r -> r.logGroupName("restore"));
    ecs.createCluster(r -> r.clusterName("c"));
    ecs.registerTaskDefinition(
        r ->
            r.family("restore")
                .networkMode(NetworkMode.AWSVPC)
                .requiresCompatibilities(Compatibility.FARGATE)
                .cpu("256")
                .memory("512")
                .executionRoleArn(EXECUTION_ROLE)
                .volumes(v -> v.name("all").efsVolumeConfiguration(e -> e.fileSystemId(id)))
                .containerDefinitions(
                    c ->
                        c.name("restore")
                            .image("mongo:7.0")
                            .mountPoints(m -> m.sourceVolume("all").containerPath("/efs"))
                            .logConfiguration(
                                l ->
                                    l.logDriver(LogDriver.AWSLOGS)
                                        .options(
                                            Map.of(
                                                "awslogs-group",
                                                "restore",
                                                "awslogs-region",
                                                "eu-central-1",
                                                "awslogs-stream-prefix",
                                                "r")))));
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  private Task ended(String... command) {
    String arn =
        ecs.runTask(
                r ->
                    r.cluster("c")
                        .taskDefinition("restore")
                        .launchType(LaunchType.FARGATE)
                        .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(SUBNETS)))
                        .overrides(
                            o ->
                                o.containerOverrides(
                                    c ->
                                        c.name("restore")
                                            .command(command)
                                            .environment(
                                                e -> e.name("TARGET").value("/efs/kept")))))
            .tasks()
            .get(0)
            .taskArn();
    await().atMost(PATIENCE).until(() -> task(arn).lastStatus().equals("STOPPED"));
    return task(arn);
  }

  private Task task(String arn) {
    return ecs.describeTasks(r -> r.cluster("c").tasks(arn)).tasks().get(0);
  }

  private List<String> log(Task task) {
    String id = task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
    return logs
        .getLogEvents(r -> r.logGroupName("restore").logStreamName("r/restore/" + id))
        .events()
        .stream()
        .map(OutputLogEvent::message)
        .toList();
  }

  @Test
  void itsScriptMovesDirectoriesUnderTheMountedRootAndEndsWithItsCode() {
    Task done =
        ended("sh", "-c", "mv /efs/fargate/db \"$TARGET\" && echo moved \"$1\"; exit 3", "x", "it");
    assertThat(done.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
    assertThat(done.containers().get(0).exitCode()).isEqualTo(3);
    assertThat(root.resolve("kept/data")).hasContent("old");
    assertThat(root.resolve("fargate/db")).doesNotExist();
    assertThat(log(done)).contains("moved it");
  }

  @Test
  void aScriptThatFailsEndsItWithItsCodeAndChangesNothing() {
    Task failed = ended("/bin/sh", "-c", "set -e; mv /efs/none /efs/fargate/db; exit 0");
    assertThat(failed.containers().get(0).exitCode()).isNotZero();
    assertThat(root.resolve("fargate/db/data")).hasContent("old");
  }
}
