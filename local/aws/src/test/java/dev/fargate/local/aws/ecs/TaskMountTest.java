package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.ec2.Ec2Fixture;
import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a task can mount is decided by mount targets and security groups. */
class TaskMountTest {
  private final EcsWorld world = new EcsWorld();
  private final String fileSystem =
      world
          .efs("CreateFileSystem", Struct.of().with("CreationToken", "data"))
          .required("FileSystemId");

  @AfterEach
  void deleteFiles() {
    world.efs.close();
  }

  private String register(Struct efs, String volume) {
    Struct container =
        EcsWorld.container("web:1")
            .with(
                "mountPoints",
                List.of(
                    Struct.of().with("sourceVolume", volume).with("containerPath", "/data/db")));
    Struct definition =
        EcsWorld.definition(container)
            .with(
                "volumes",
                List.of(Struct.of().with("name", "data").with("efsVolumeConfiguration", efs)));
    return world
        .call("RegisterTaskDefinition", definition)
        .struct("taskDefinition")
        .orElseThrow()
        .required("taskDefinitionArn");
  }

  private Struct volume() {
    return Struct.of().with("fileSystemId", fileSystem);
  }

  private void mountTargets(String... groups) {
    world.seconds(10);
    for (String subnet : List.of(Ec2Fixture.SUBNET_A, Ec2Fixture.SUBNET_B)) {
      world.efs(
          "CreateMountTarget",
          Struct.of()
              .with("FileSystemId", fileSystem)
              .with("SubnetId", subnet)
              .with("SecurityGroups", groups.length == 0 ? null : List.of(groups)));
    }
    world.seconds(120);
  }

  private String stoppedReason() {
    return world.tasks("STOPPED").get(0).required("stoppedReason");
  }

  @Test
  void withoutAMountTargetTheTaskSaysThatTheNameDoesNotResolve() {
    world.steady(EcsWorld.service(register(volume(), "data"), 1));
    assertThat(stoppedReason())
        .startsWith("ResourceInitializationError: failed to invoke EFS utils commands")
        .contains("Failed to resolve \"" + fileSystem + ".efs.eu-central-1.amazonaws.com\"");
  }

  @Test
  void aClosedPortTimesOut() {
    mountTargets(Ec2Fixture.group(world.ec2, "closed"));
    world.steady(EcsWorld.service(register(volume(), "data"), 1));
    assertThat(stoppedReason()).contains("Connection timed out").contains("code: 32");
  }

  @Test
  void throughTheDefaultGroupTheTaskRunsWithItsDirectory() {
    mountTargets();
    world.steady(EcsWorld.service(register(volume(), "data"), 1));
    assertThat(world.tasks("RUNNING")).hasSize(1);
    TaskRuntime.Mount mount = world.tasks.launches().get(0).containers().get(0).mounts().get(0);
    assertThat(mount.path()).isEqualTo("/data/db");
    assertThat(mount.place()).isEqualTo(fileSystem + "/");
  }

  @Test
  void aRootDirectoryIsMountedWhereItIsAndMadeByNobody() throws IOException {
    mountTargets();
    String inner = register(volume().with("rootDirectory", "/restored/db"), "data");
    world.steady(EcsWorld.service(inner, 1));
    assertThat(stoppedReason()).contains("No such file or directory").contains("code: 32");

    Path made = Files.createDirectories(world.efs.folder(fileSystem).resolve("restored/db"));
    world.until("a task runs", () -> !world.tasks.running().isEmpty());
    TaskRuntime.Mount mount = world.tasks.running().get(0).containers().get(0).mounts().get(0);
    assertThat(mount.place()).isEqualTo(fileSystem + "/restored/db");
    assertThat(mount.folder().get()).isEqualTo(made);
    assertThatThrownBy(() -> register(volume().with("rootDirectory", "db"), "data"))
        .hasMessageContaining("rootDirectory must be an absolute path: 'db'");
    assertThat(world.efs.folder(fileSystem).resolve("db")).doesNotExist();
  }

  @Test
  void aTaskDefinitionIsCheckedAsAwsChecksIt() {
    assertThatThrownBy(() -> register(volume(), "other"))
        .isInstanceOf(AwsException.class)
        .hasMessage("Unknown volume 'other'.");
    Struct point =
        volume().with("authorizationConfig", Struct.of().with("accessPointId", "fsap-1"));
    assertThatThrownBy(() -> register(point, "data"))
        .hasMessageContaining("Transit encryption must be enabled");
    Struct rooted = point.copy().with("transitEncryption", "ENABLED").with("rootDirectory", "/x");
    assertThatThrownBy(() -> register(rooted, "data"))
        .hasMessageContaining("root directory must be omitted");
  }
}
