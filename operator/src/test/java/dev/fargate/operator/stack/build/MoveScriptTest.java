package dev.fargate.operator.stack.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that moves restored data, run by this machine's shell. */
class MoveScriptTest {
  private static final String RESTORED = "aws-backup-restore_2026-11-21T08-00-00-000Z";

  @TempDir Path root;

  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void aDatabaseAndItsRestoredCopy() {
    write("db/main/storage.bson", "");
    write("db/main/doc", "second");
    write(RESTORED + "/db/main/storage.bson", "");
    write(RESTORED + "/db/main/doc", "first");
  }

  private void write(String file, String content) {
    try {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int run(String from, String job, long since) {
    return run(MoveScript.command("storage.bson", ".writer.lock"), from, job, since);
  }

  private int run(List<String> container, String from, String job, long since) {
    List<String> command =
        container.stream().map(word -> word.replace(MoveScript.MOUNT, root.toString())).toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                MoveScript.FROM,
                from,
                MoveScript.TO,
                "/db/main",
                MoveScript.TOKEN,
                "abc",
                MoveScript.JOB,
                job,
                MoveScript.SINCE,
                String.valueOf(since)));
    try {
      Process process = builder.start();
      said.add(new String(process.getInputStream().readAllBytes()));
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private int run() {
    return run("/db/main", "job-1", 0);
  }

  private void assertHolds(String directory, String doc) {
    assertThat(root.resolve(directory).resolve("doc")).as(said.toString()).hasContent(doc);
  }

  @Test
  void theRestoredIsInPlaceTheOldBesideItAndNothingElseIsLeft() {
    assertThat(run()).isZero();
    assertHolds("db/main", "first");
    assertHolds("db/main.before-abc", "second");
    assertThat(root.resolve(RESTORED)).doesNotExist();
    assertThat(said.get(0)).contains("the data before, if any, stays as /db/main.before-abc");
  }

  @Test
  void aSecondRunFindsItDoneThoughTheDatabaseHasWritten() {
    assertThat(run()).isZero();
    write("db/main/doc", "third");
    assertThat(run()).isZero();
    assertHolds("db/main", "third");
    assertHolds("db/main.before-abc", "second");
  }

  @Test
  void whatARunBeforeHasBegunIsFinished() throws IOException {
    Files.move(root.resolve("db/main"), root.resolve("db/main.before-abc"));
    assertThat(run()).isZero();
    assertHolds("db/main", "first");
    assertHolds("db/main.before-abc", "second");
    assertThat(root.resolve("db/main.before-abc-2")).doesNotExist();
  }

  @Test
  void whatARunBeforeHasBegunAndCannotBeFinishedIsPutBack() throws IOException {
    Files.move(root.resolve("db/main"), root.resolve("db/main.before-abc"));
    assertThat(run("/db/nothing", "job-1", 0)).isEqualTo(MoveScript.NOTHING_RESTORED);
    assertHolds("db/main", "second");
    assertThat(root.resolve("db/main.before-abc")).doesNotExist();
  }

  @Test
  void withoutDataBeforeItIsMovedAllTheSame() throws IOException {
    for (String file : List.of("storage.bson", "doc", "")) {
      Files.delete(root.resolve("db/main").resolve(file));
    }
    assertThat(run()).isZero();
    assertHolds("db/main", "first");
  }

  @Test
  void anEarlierOneUnderTheSameNameIsNotOverwritten() {
    assertThat(run()).isZero();
    write("db/main/doc", "third");
    write(RESTORED + "/db/main/storage.bson", "");
    write(RESTORED + "/db/main/doc", "first again");
    assertThat(run("/db/main", "job-2", 0)).isZero();
    assertHolds("db/main", "first again");
    assertHolds("db/main.before-abc", "second");
    assertHolds("db/main.before-abc-2", "third");
  }

  @Test
  void anotherDirectoryOfTheRecoveryPointTakesThePlace() {
    write(RESTORED + "/db/main.before-xyz/storage.bson", "");
    write(RESTORED + "/db/main.before-xyz/doc", "older");
    assertThat(run("/db/main.before-xyz", "job-1", 0)).isZero();
    assertHolds("db/main", "older");
    assertHolds(RESTORED + "/db/main", "first");
  }

  @Test
  void whatHoldsNoDatabaseIsNotMoved() throws IOException {
    Files.delete(root.resolve(RESTORED + "/db/main/storage.bson"));
    assertThat(run()).isEqualTo(MoveScript.NO_DATABASE);
    assertHolds("db/main", "second");
    assertThat(said.get(0)).contains("/db/main holds no database: no storage.bson");
  }

  /** Says of a file's last change: 100, or 200 of what was restored by hand. */
  private List<String> withTimes() {
    write("bin/stat", "#!/bin/sh\ncase $3 in *by-hand) echo 200;; *) echo 100;; esac\n");
    assertThat(root.resolve("bin/stat").toFile().setExecutable(true)).isTrue();
    return MoveScript.command("storage.bson", ".writer.lock").stream()
        .map(word -> word.replace("trap 'exit", "PATH=" + root + "/bin:$PATH; trap 'exit"))
        .toList();
  }

  @Test
  void ofSeveralTheOneIsTakenThatHasChangedSinceTheJobBegan() {
    write("aws-backup-restore_by-hand/db/main/storage.bson", "");
    write("aws-backup-restore_by-hand/db/main/doc", "by hand");
    assertThat(run(withTimes(), "/db/main", "job-1", 150)).isZero();
    assertHolds("db/main", "by hand");
    assertHolds(RESTORED + "/db/main", "first");
  }

  @Test
  void whereThatDoesNotTellNoneIsTaken() {
    write("aws-backup-restore_by-hand/db/main/storage.bson", "");
    assertThat(run(withTimes(), "/db/main", "job-1", 50)).isEqualTo(MoveScript.SEVERAL);
    assertThat(run(withTimes(), "/db/main", "job-1", 250)).isEqualTo(MoveScript.SEVERAL);
    assertHolds("db/main", "second");
    assertThat(said.get(0)).contains("2 directories aws-backup-restore_... hold db/main");
  }

  @Test
  void whileTheDatabaseHoldsItsDataNothingIsMoved() throws IOException, InterruptedException {
    List<String> impatient =
        MoveScript.command("storage.bson", ".writer.lock").stream()
            .map(word -> word.replace("-le 135", "-le 1").replace("sleep 2", "sleep 0.1"))
            .toList();
    Process server =
        new ProcessBuilder(
                "sh",
                "-c",
                "exec 9>>" + root + "/db/main/.writer.lock; flock 9; echo locked; read end")
            .start();
    server.inputReader().readLine();
    assertThat(run(impatient, "/db/main", "job-1", 0)).isEqualTo(MoveScript.HELD);
    assertHolds("db/main", "second");
    server.getOutputStream().close();
    server.waitFor();
    assertThat(run(impatient, "/db/main", "job-1", 0)).isZero();
    assertHolds("db/main", "first");
  }
}
