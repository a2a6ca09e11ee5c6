package dev.fargate.e2e.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every YAML file under samples/ is what it seems to be: something to apply. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamplesTest {
  private final LocalCluster cluster = LocalCluster.withOurKinds();

  @AfterAll
  void stop() {
    cluster.close();
  }

  static List<Path> samples() {
    return Repository.yamlFiles(Repository.root().resolve("samples"), Integer.MAX_VALUE).stream()
        .map(file -> Repository.root().relativize(file))
        .toList();
  }

  @Test
  void thereAreSamples() {
    assertThat(samples()).hasSizeGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anApiServerTakesIt(Path sample) {
    for (ObjectNode object : documents(sample)) {
      assertThatCode(() -> cluster.resource(object).dryRun().serverSideApply())
          .as("%s: %s", sample, object.at("/metadata/name").asText())
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void noFieldIsMisspelt(Path sample) {
    for (ObjectNode object : documents(sample)) {
      GenericKubernetesResource taken = cluster.resource(object).dryRun().serverSideApply();
      assertThat(missing(object.path("spec"), taken))
          .as("%s: fields that the schema does not know are dropped", sample)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void itSaysWhatHappensWhenItIsDeleted(Path sample) {
    assertThat(Repository.text(Repository.root().resolve(sample)))
        .as("an object of a sample that leaves nothing behind says so, with a comment")
        .containsPattern("#[^\\n]*\\n(?:\\s*#[^\\n]*\\n)*\\s*deletionPolicy: Delete");
  }

  private static List<ObjectNode> documents(Path sample) {
    return Repository.documents(Repository.text(Repository.root().resolve(sample)));
  }

  private static List<String> missing(JsonNode asked, GenericKubernetesResource taken) {
    JsonNode spec = new ObjectMapper().valueToTree(taken.getAdditionalProperties().get("spec"));
    List<String> missing = new ArrayList<>();
    collect("spec", asked, spec, missing);
    return missing;
  }

  private static void collect(String path, JsonNode asked, JsonNode taken, List<String> missing) {
    if (taken.isMissingNode()) {
      missing.add(path);
    }
    asked
        .properties()
        .forEach(
            e -> collect(path + "." + e.getKey(), e.getValue(), taken.path(e.getKey()), missing));
    for (int i = 0; i < asked.size() && asked.isArray(); i++) {
      collect(path + "[" + i + "]", asked.get(i), taken.path(i), missing);
    }
  }
}
