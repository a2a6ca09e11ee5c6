package dev.fargate.operator.correctness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bugs that are seeded on purpose still fit the code; seeding them takes a run of its own. */
class SeededBugsTest {
  private static final Path ROOT = Path.of("..");

  static List<Path> patches() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/seeded-bugs"))) {
      return files.filter(file -> file.toString().endsWith(".patch")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("patches")
  void everyPatchStillFindsItsPlace(Path patch) throws IOException {
    List<String> lines = Files.readAllLines(patch);
    assertThat(lines).anyMatch(line -> line.startsWith("Test: "));
    String source = null;
    List<String> before = new ArrayList<>();
    for (String line : Stream.concat(lines.stream(), Stream.of("diff the end")).toList()) {
      boolean starts = line.startsWith("@@ ") || line.startsWith("diff ");
      if (starts && !before.isEmpty()) {
        assertThat(source).contains(before.stream().collect(Collectors.joining("\n", "", "\n")));
        before.clear();
      } else if (line.startsWith("--- a/")) {
        source = Files.readString(ROOT.resolve(line.substring("--- a/".length())));
      } else if (source != null && (line.startsWith(" ") || line.startsWith("-"))) {
        before.add(line.substring(1));
      }
    }
    assertThat(source).as("the file it is about").isNotNull();
  }
}
