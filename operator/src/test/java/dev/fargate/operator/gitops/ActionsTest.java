package dev.fargate.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The actions that Argo CD offers, by the tests that lie beside them in its own layout. */
class ActionsTest {
  /** What the expected outputs have as the time of the restart. */
  private static final ArgoLua ARGO = new ArgoLua(Instant.parse("2026-11-21T08:00:00Z"));

  static final List<String> KINDS = List.of("FargateApp", "FargateDatabase");

  /** The folders of the actions of a kind. */
  static List<Path> actions(String kind) {
    return Shipped.folders(Shipped.customization(kind).resolve("actions")).stream()
        .filter(folder -> Files.exists(folder.resolve("action.lua")))
        .toList();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void whichActionsAreOfferedFollowsFromTheObject(String kind) {
    Path folder = Shipped.customization(kind).resolve("actions");
    JsonNode tests = Shipped.document(folder.resolve("action_test.yaml")).path("discoveryTests");
    assertThat(tests).isNotEmpty();
    for (JsonNode test : tests) {
      Map<String, Boolean> expected = new TreeMap<>();
      test.path("result")
          .forEach(
              action ->
                  expected.put(action.path("name").asText(), !action.path("disabled").asBoolean()));
      assertThat(
              ARGO.actions(
                  Shipped.text(folder.resolve("discovery.lua")),
                  Shipped.document(folder.resolve(test.path("inputPath").asText()))))
          .as(test.path("inputPath").asText())
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void anActionChangesWhatItSaysAndNothingElse(String kind) {
    Path folder = Shipped.customization(kind).resolve("actions");
    JsonNode tests = Shipped.document(folder.resolve("action_test.yaml")).path("actionTests");
    assertThat(tests.findValuesAsText("action"))
        .containsAll(actions(kind).stream().map(path -> path.getFileName().toString()).toList());
    for (JsonNode test : tests) {
      String action = test.path("action").asText();
      ObjectNode after =
          ARGO.act(
              Shipped.text(folder.resolve(action).resolve("action.lua")),
              Shipped.document(folder.resolve(test.path("inputPath").asText())));
      ObjectNode expected =
          Shipped.document(folder.resolve(test.path("expectedOutputPath").asText()));
      assertThat(Shipped.plain(after))
          .as(action + " of " + test.path("inputPath").asText())
          .isEqualTo(Shipped.plain(expected));
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void everyOfferedActionExists(String kind) {
    Path folder = Shipped.customization(kind).resolve("actions");
    Map<String, Boolean> offered =
        ARGO.actions(
            Shipped.text(folder.resolve("discovery.lua")),
            Shipped.document(folder.resolve("testdata/running.yaml")));
    assertThat(offered.keySet())
        .containsExactlyInAnyOrderElementsOf(
            actions(kind).stream().map(path -> path.getFileName().toString()).toList());
  }

  @Test
  void whoUsesWhatArgoDoesNotGiveIsRefused() {
    ObjectNode object = Shipped.document(Shipped.samples().resolve("phoenix/app.yaml"));
    for (String script :
        List.of(
            "return {a = string.upper('a')}", "return {a = os.date()}", "return {a = math.pi}")) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> ARGO.act(script, object)))
          .as(script)
          .hasMessageContaining("attempt to index");
    }
  }
}
