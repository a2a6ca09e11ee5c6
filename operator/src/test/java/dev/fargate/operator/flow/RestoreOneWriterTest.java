package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.database.Restore;
import dev.fargate.local.aws.tasks.scripted.ScriptedTasks;
import dev.fargate.local.aws.tasks.scripted.ShellWork;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The task that moves restored data and the database's own never work on the files at once, though
 * ECS says of a task that it has stopped when it only cannot be reached.
 */
class RestoreOneWriterTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(60);
  private static final String NAME = "phoenix-db";
  private static final String IMAGE = "mongo:7.0";

  private final VirtualWorld world = new VirtualWorld();
  private final ScriptedTasks tasks = world.aws.scriptedTasks();
  private final ShellWork shell = new ShellWork();
  private final FargateDatabase database = read("database.yaml", FargateDatabase.class);

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void comeUpAndBackUp() throws IOException {
    tasks.image(IMAGE, "restore").worksFor(Duration.ofSeconds(3), shell);
    world.apply(read("environment.yaml", FargateEnvironment.class), database);
    untilReady();
    Files.writeString(data().resolve("storage.bson"), "mongod was here");
    Files.writeString(data().resolve("doc"), "one");
    world.annotate("FargateDatabase", NAME, "fargate.dev/backup", "now");
    world.run(Duration.ofMinutes(10));
    Files.writeString(data().resolve("doc"), "two");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void untilReady() {
    world.run(Duration.ofSeconds(5));
    world.runUntil("it is ready", LONG_ENOUGH, () -> world.ready("FargateDatabase", NAME));
    world.run(Duration.ofMinutes(2));
  }

  private Path data() {
    return tasks.running().stream()
        .flatMap(task -> task.containers().stream())
        .filter(container -> container.name().equals("mongodb"))
        .findFirst()
        .orElseThrow()
        .mounts()
        .get(0)
        .folder()
        .get();
  }

  private void restore() {
    FargateDatabase now = world.database(NAME);
    database.getMetadata().setAnnotations(now.getMetadata().getAnnotations());
    database.getSpec().restore = new Restore();
    database.getSpec().restore.recoveryPointArn = now.getStatus().backup.recoveryPoints.get(0).arn;
    world.apply(database);
  }

  private void assertOneWriterAtATime() {
    List<ScriptedTasks.Writer> all = tasks.writers();
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(all.get(i).meets(all.get(j))).as("%s and %s", all.get(i), all.get(j)).isFalse();
      }
    }
  }

  @Test
  void itMovesOnceTheDatabaseHasReallyStoppedThoughThatTakesAllTheTimeItMay() throws IOException {
    tasks.image(IMAGE, "mongodb").stopsAfter(Duration.ofSeconds(119));
    restore();
    world.runUntil(
        "it is restored",
        LONG_ENOUGH,
        () -> {
          var restore = world.database(NAME).getStatus().restore;
          return restore != null && "Done".equals(restore.state);
        });
    untilReady();
    assertThat(data().resolve("doc")).hasContent("one");
    assertThat(tasks.writers()).hasSize(3);
    assertOneWriterAtATime();
  }

  @Test
  void nothingIsMovedUnderADatabaseThatCannotBeReached() throws IOException {
    Path files = data();
    String lost = tasks.running().get(0).taskArn();
    tasks.task(lost).cannotBeReached();
    restore();
    world.run(Duration.ofMinutes(30));
    assertThat(files.resolve("doc")).hasContent("two");
    assertThat(tasks.writers()).hasSize(1);

    tasks.exit(lost, "mongodb", 137);
    untilReady();
    assertThat(data().resolve("doc")).hasContent("two");
    assertOneWriterAtATime();
  }
}
