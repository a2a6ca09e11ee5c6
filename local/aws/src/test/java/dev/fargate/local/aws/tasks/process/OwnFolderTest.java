package dev.fargate.local.aws.tasks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.files.OwnFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OwnFolderTest {
  @TempDir Path temporary;

  private List<Path> folders() throws IOException {
    try (Stream<Path> entries = Files.list(temporary)) {
      return entries.toList();
    }
  }

  @Test
  void whatAKilledEndpointLeftGoesWithTheNextStart() throws Exception {
    Process killed = endpoint();
    List<Path> left = folders();
    assertThat(left).hasSize(1);
    assertThat(left.get(0).resolve("task-1")).isDirectory();
    killed.destroyForcibly().waitFor();
    assertThat(folders()).isEqualTo(left);

    try (OwnFolder next = OwnFolder.create(temporary)) {
      assertThat(folders()).hasSize(1).doesNotContainAnyElementsOf(left);
    }
    assertThat(folders()).isEmpty();
  }

  @Test
  void whatALivingEndpointUsesStays() throws Exception {
    Process living = endpoint();
    List<Path> used = folders();
    try (OwnFolder next = OwnFolder.create(temporary);
        OwnFolder inTheSameProcess = OwnFolder.create(temporary)) {
      assertThat(folders()).hasSize(3).containsAll(used);
      assertThat(next.child("task-1")).isNotEqualTo(inTheSameProcess.child("task-1"));
    } finally {
      living.destroyForcibly().waitFor();
    }
  }

  @Test
  void bothFoldersOfAnEndpointStayWhenAnotherProcessStarts() throws Exception {
    try (OwnFolder ofTasks = OwnFolder.create(temporary);
        OwnFolder ofFileSystems = OwnFolder.create(temporary)) {
      List<Path> used = folders();
      Process next = endpoint();
      try {
        assertThat(folders()).hasSize(3).containsAll(used);
      } finally {
        next.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void whatIsNotOursStays() throws IOException {
    Path notes = Files.createDirectory(temporary.resolve("fargate-tasks-notes"));
    OwnFolder.create(temporary).close();
    assertThat(folders()).containsExactly(notes);
  }

  /** Another process with an endpoint that runs a task. */
  private Process endpoint() throws IOException {
    Process process =
        new ProcessBuilder(
                ImageTable.java(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                "host")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    // It prints when its task runs.
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()));
    assertThat(out.readLine()).startsWith("pid");
    return process;
  }
}
