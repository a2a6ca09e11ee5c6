package dev.fargate.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The health script against the saved states (see {@link Fixtures}; that they are real, {@link
 * AgreementTest} says). {@code -Dgitops.write=true} writes the expected answers anew.
 */
class FixturesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ArgoLua ARGO = new ArgoLua(Instant.parse("2026-11-21T08:00:00Z"));

  static final List<String> KINDS = Shipped.KINDS;

  @ParameterizedTest
  @FieldSource("KINDS")
  void theExpectedHealthIsWhatTheScriptSays(String kind) throws IOException {
    Path folder = Shipped.customization(kind);
    if (Fixtures.write()) {
      Files.writeString(
          folder.resolve("health_test.yaml"), Fixtures.YAML.writeValueAsString(expected(kind)));
    }
    String script = Shipped.text(folder.resolve("health.lua"));
    JsonNode tests = Shipped.document(folder.resolve("health_test.yaml")).path("tests");
    assertThat(tests).hasSameSizeAs(Shipped.files(folder.resolve("testdata"), ".yaml"));
    for (JsonNode test : tests) {
      ObjectNode object = Shipped.document(folder.resolve(test.path("inputPath").asText()));
      assertThat(ARGO.health(script, object))
          .as(test.path("inputPath").asText())
          .isEqualTo(
              new ArgoLua.Health(
                  test.at("/healthStatus/status").asText(),
                  test.at("/healthStatus/message").asText()));
    }
  }

  @Test
  void everyAnswerHasAFixture() {
    List<String> answers =
        Shipped.KINDS.stream()
            .flatMap(
                kind ->
                    Shipped.document(Shipped.customization(kind).resolve("health_test.yaml"))
                        .findValuesAsText("status")
                        .stream())
            .toList();
    assertThat(answers).contains("Healthy", "Progressing", "Degraded", "Suspended");
  }

  @Test
  void everyKindHasTheSameScript() {
    assertThat(Shipped.KINDS)
        .extracting(kind -> Shipped.text(Shipped.customization(kind).resolve("health.lua")))
        .containsOnly(Shipped.text(Shipped.customization("FargateApp").resolve("health.lua")));
  }

  private static ObjectNode expected(String kind) {
    Path folder = Shipped.customization(kind);
    String script = Shipped.text(folder.resolve("health.lua"));
    ObjectNode root = JSON.createObjectNode();
    ArrayNode tests = root.putArray("tests");
    for (Path file : Shipped.files(folder.resolve("testdata"), ".yaml")) {
      ArgoLua.Health health = ARGO.health(script, Shipped.document(file));
      ObjectNode test = tests.addObject();
      test.putObject("healthStatus")
          .put("status", health.status())
          .put("message", health.message());
      test.put("inputPath", "testdata/" + file.getFileName());
    }
    return root;
  }
}
