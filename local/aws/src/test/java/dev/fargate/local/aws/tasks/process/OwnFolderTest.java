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
  void whatLivingEndpointsUseStaysAndWhatAKilledOneLeftGoesWithTheNextStart() throws Exception {
    try (OwnFolder ofTasks = OwnFolder.create(temporary);
        OwnFolder ofFileSystems = OwnFolder.create(temporary)) {
      List<Path> ours = folders();
      assertThat(ours).hasSize(2);
      assertThat(ofTasks.child("task-1")).isNotEqualTo(ofFileSystems.child("task-1"));
      Process other = endpoint();
      try {
        List<Path> all = folders();
        assertThat(all).hasSize(3).containsAll(ours);
        Path left = all.stream().filter(folder -> !ours.contains(folder)).findFirst().orElseThrow();
        assertThat(left.resolve("task-1")).isDirectory();

        OwnFolder.create(temporary).close();
        assertThat(folders()).containsExactlyInAnyOrderElementsOf(all);

        other.destroyForcibly().waitFor();
        assertThat(folders()).containsExactlyInAnyOrderElementsOf(all);
        OwnFolder.create(temporary).close();
        assertThat(folders()).containsExactlyInAnyOrderElementsOf(ours);
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
    assertThat(folders()).isEmpty();
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
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
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
