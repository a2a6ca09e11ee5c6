package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.ec2.Ec2Fixture;
import dev.fargate.local.aws.tasks.scripted.ShellWork;
import dev.fargate.local.aws.wire.Struct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In virtual time, a standalone task with a file system's root mounted changes its files. */
class StandaloneFilesTest {
  private final EcsWorld world = new EcsWorld();
  private final ShellWork shell = new ShellWork();
  private String fileSystem;
  private String definition;
  private Path root;

  @BeforeEach
  void aFileSystemWithADatabaseInIt() throws IOException {
    fileSystem =
        world
            .efs("CreateFileSystem", Struct.of().with("CreationToken", "data"))
            .required("FileSystemId");
    world.seconds(10);
    for (String subnet : List.of(Ec2Fixture.SUBNET_A, Ec2Fixture.SUBNET_B)) {
      world.efs(
          "CreateMountTarget",
          Struct.of().with("FileSystemId", fileSystem).with("SubnetId", subnet));
    }
    world.seconds(120);
    root = world.efs.folder(fileSystem);
    Files.createDirectories(root.resolve("db"));
    Files.writeString(root.resolve("db/data"), "old");
    definition = register("/files", "/", "true");
  }

  private String register(String path, String directory, String script) {
    Struct volume =
        Struct.of()
            .with("name", "all")
            .with(
                "efsVolumeConfiguration",
                Struct.of().with("fileSystemId", fileSystem).with("rootDirectory", directory));
    Struct mount = Struct.of().with("sourceVolume", "all").with("containerPath", path);
    Struct container =
        EcsWorld.container("mongo:7")
            .with("command", List.of("sh", "-c", script))
            .with("mountPoints", List.of(mount));
    return world
        .call(
            "RegisterTaskDefinition",
            EcsWorld.definition(container).with("volumes", List.of(volume)))
        .struct("taskDefinition")
        .orElseThrow()
        .required("taskDefinitionArn");
  }

  private static Struct request(String taskDefinition) {
    return Struct.of()
        .with("cluster", "main")
        .with("taskDefinition", taskDefinition)
        .with("launchType", "FARGATE")
        .with("networkConfiguration", EcsWorld.network());
  }

  @AfterEach
  void deleteFiles() {
    world.efs.close();
  }

  private void run(String script) {
    Struct override =
        Struct.of()
            .with("name", "web")
            .with("command", List.of("sh", "-c", script, "restore", "moved"))
            .with(
                "environment",
                List.of(Struct.of().with("name", "DATA").with("value", "/files/db")));
    world.call(
        "RunTask",
        request(definition)
            .with("overrides", Struct.of().with("containerOverrides", List.of(override))));
  }

  private int exitCode() {
    return world.tasks("STOPPED").get(0).structs("containers").get(0).integer("exitCode").get();
  }

  @Test
  void theScriptOfItsCommandMovesTheFilesWhenItsTimeHasPassed() {
    world.tasks.image("mongo:7").worksFor(Duration.ofSeconds(30), shell);
    run("mv \"$DATA\" /files/\"$1\" && echo done");
    world.seconds(40);
    assertThat(root.resolve("db/data")).hasContent("old");

    world.seconds(60);
    assertThat(exitCode()).isZero();
    assertThat(root.resolve("moved/data")).hasContent("old");
    assertThat(root.resolve("db")).doesNotExist();
    assertThat(shell.output()).containsExactly("done\n");
  }

  @Test
  void aScriptThatFailsEndsTheTaskWithItsCode() {
    world.tasks.image("mongo:7").worksFor(Duration.ofSeconds(1), shell);
    run("mv /files/none /files/db 2>&1 || exit 9");
    world.seconds(90);
    assertThat(exitCode()).isEqualTo(9);
    assertThat(shell.output().get(0)).contains("none");
  }

  @Test
  void aTestMayDoTheWorkItself() {
    world
        .tasks
        .image("mongo:7")
        .worksFor(
            Duration.ofSeconds(1),
            container -> {
              Path mounted = container.mounts().get(0).folder().get();
              return Files.exists(mounted.resolve("db/data")) ? 4 : 5;
            });
    run("exit 0");
    world.seconds(90);
    assertThat(exitCode()).isEqualTo(4);
  }

  @Test
  void oneThatLocksFirstWaitsForWhoeverHasADirectoryOfTheFileSystem() {
    String inner = register("/files", "/db", "exec 9>>/files/.lock; flock -n 9");
    String outer =
        register("/files", "/", "exec 9>>/files/db/.lock; flock -n 9; mv /files/db /files/moved");
    world.call("RunTask", request(inner));
    world.seconds(60);
    String first = world.tasks("RUNNING").get(0).required("taskArn");
    world.tasks.image("mongo:7").worksFor(Duration.ofSeconds(5), shell);
    world.call("RunTask", request(outer));
    world.seconds(60);
    assertThat(world.tasks.writers()).hasSize(1);
    assertThat(root.resolve("db/data")).hasContent("old");

    world.tasks.exit(first, "web", 0);
    world.seconds(60);
    assertThat(root.resolve("moved/data")).hasContent("old");
    assertThat(world.tasks.writers()).hasSize(2);
    assertThat(world.tasks.writers().get(0).meets(world.tasks.writers().get(1))).isFalse();
  }

  @Test
  void oneThatIsStoppedBeforeHasChangedNothing() {
    world.tasks.image("mongo:7").worksFor(Duration.ofSeconds(60), shell);
    run("mv /files/db /files/moved");
    world.seconds(40);
    String arn = world.tasks("RUNNING").get(0).required("taskArn");
    world.call("StopTask", Struct.of().with("cluster", "main").with("task", arn));
    world.seconds(300);
    assertThat(root.resolve("db/data")).hasContent("old");
    assertThat(exitCode()).isEqualTo(143);
  }
}
