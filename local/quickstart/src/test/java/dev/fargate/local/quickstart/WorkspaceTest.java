package dev.fargate.local.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  /** No process has it: the largest number of a process is smaller on every system. */
  private static final String OF_A_PROCESS_THAT_IS_GONE = "fargate-quickstart-999999999-1";

  @TempDir Path temporary;

  @Test
  void whatAKilledRunLeftGoesWithTheNextAndWhatIsNotOursStays() throws IOException {
    Files.createDirectory(temporary.resolve(OF_A_PROCESS_THAT_IS_GONE));
    Files.writeString(temporary.resolve(OF_A_PROCESS_THAT_IS_GONE).resolve("kubeconfig"), "");
    Files.createDirectory(temporary.resolve("fargate-quickstart-notes"));
    Path ofTheSecond;
    try (Workspace first = Workspace.create(temporary);
        Workspace second = Workspace.create(temporary)) {
      first.writeKubeconfig("first");
      second.writeKubeconfig("second");
      ofTheSecond = second.kubeconfig();

      assertThat(first.kubeconfig()).hasContent("first");
      assertThat(temporary.resolve(OF_A_PROCESS_THAT_IS_GONE)).doesNotExist();
    }
    assertThat(ofTheSecond.getParent()).doesNotExist();
    assertThat(temporary)
        .isDirectoryContaining(entry -> entry.endsWith("fargate-quickstart-notes"));
  }
}
