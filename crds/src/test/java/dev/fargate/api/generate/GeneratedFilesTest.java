package dev.fargate.api.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneratedFilesTest {

  /** Surefire runs in the module's folder. */
  private static final Path REPOSITORY = Path.of("..");

  /**
   * kubectl apply stores the object once more in an annotation, which takes 256 KiB at most; the
   * rest is left to what the API server adds.
   */
  private static final int MAX_BYTES = 200_000;

  @Test
  void committedFilesAreWhatTheTypesGenerate() throws IOException {
    for (Map.Entry<String, String> file : GeneratedFiles.all().entrySet()) {
      Path path = REPOSITORY.resolve(file.getKey());
      assertThat(path).as("run: %s", GeneratedFiles.COMMAND).exists();
      assertThat(Files.readString(path))
          .as("%s is not what the types generate; run: %s", file.getKey(), GeneratedFiles.COMMAND)
          .isEqualTo(file.getValue());
    }
  }

  @Test
  void nothingElseBesideTheDefinitionsIsAppliedWithTheFolder() throws IOException {
    try (Stream<Path> files = Files.list(REPOSITORY.resolve("crds"))) {
      List<String> applied =
          files
              .map(path -> "crds/" + path.getFileName())
              .filter(name -> name.matches(".*\\.(yaml|yml|json)"))
              .toList();
      assertThat(GeneratedFiles.all().keySet()).containsAll(applied);
    }
  }

  @Test
  void everyDefinitionIsSmallEnoughForKubectlApply() throws IOException {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    for (Map.Entry<String, String> file : GeneratedFiles.all().entrySet()) {
      if (file.getKey().endsWith(".yaml")) {
        byte[] json = new ObjectMapper().writeValueAsBytes(yaml.readTree(file.getValue()));
        assertThat(json.length).as(file.getKey()).isLessThan(MAX_BYTES);
      }
    }
  }

  @Test
  void generatingTwiceGivesTheSame() {
    assertThat(GeneratedFiles.all()).isEqualTo(GeneratedFiles.all());
  }
}
