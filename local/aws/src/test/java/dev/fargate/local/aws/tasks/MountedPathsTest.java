package dev.fargate.local.aws.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountedPathsTest {
  private final MountedPaths paths =
      new MountedPaths(
          List.of(mount("/data", "/here/one"), mount("/data/db", "/here/$two")),
          mount -> mount.folder().get().toString());

  private static TaskRuntime.Mount mount(String path, String folder) {
    return new TaskRuntime.Mount(path, false, path, () -> Path.of(folder));
  }

  private String inScript(String script) {
    return paths.inCommand(List.of("sh", script)).get(1);
  }

  @Test
  void theFolderStandsWhereAScriptNamesThePath() {
    assertThat(inScript("exec 9>>/data/.lock; mv '/data/a' \"/data/b\"; cd /data"))
        .isEqualTo("exec 9>>/here/one/.lock; mv '/here/one/a' \"/here/one/b\"; cd /here/one");
    assertThat(inScript("--dbpath=/data/db:/data")).isEqualTo("--dbpath=/here/$two:/here/one");
  }

  @Test
  void whatOnlyContainsThePathIsLeft() {
    String script = "ls /database /data-2 /var/data $ROOT/data ${ROOT}/data ./data";
    assertThat(inScript(script)).isEqualTo(script);
  }

  @Test
  void aVariableIsChangedWhereItIsAPath() {
    assertThat(paths.inVariable("/data/db/x")).isEqualTo("/here/$two/x");
    assertThat(paths.inVariable("keep /data")).isEqualTo("keep /data");
  }

  @Test
  void withoutMountsNothingChanges() {
    assertThat(new MountedPaths(List.of(), mount -> "").inCommand(List.of("ls", "/")))
        .containsExactly("ls", "/");
  }
}
