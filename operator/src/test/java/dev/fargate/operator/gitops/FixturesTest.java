package dev.fargate.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fixtures in Argo CD's own layout: real states, saved. {@code -Dgitops.write=true} writes them
 * anew.
 */
class FixturesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  static final String HOW_TO_WRITE =
      "to write it anew: mvn -pl operator -am test -Dtest='FixturesTest,ArgoConfigTest'"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dgitops.write=true";

  private static final ArgoLua ARGO = new ArgoLua(Instant.parse("2026-11-21T08:00:00Z"));

  static final List<String> KINDS = Shipped.KINDS;

  /** Which of the states are saved: one for each answer and each usual reason. */
  private static final Map<String, Set<String>> SAVED =
      Map.of(
          "FargateApp",
          Set.of(
              "new",
              "no environment yet",
              "no database for long",
              "rolling out",
              "ready",
              "generation not seen",
              "rolled back",
              "suspended",
              "scaled to zero",
              "paused",
              "paused with a change",
              "plan to approve",
              "plan to approve while it serves",
              "invalid",
              "denied",
              "conflict",
              "deleting"),
          "FargateDatabase",
          Set.of("ready", "without a task", "paused", "namespace not admitted", "deletion denied"),
          "FargateEnvironment",
          Set.of("creating", "ready", "denied", "in use", "aws not read yet"));

  /** What matters of a spec here; the rest is the sample's. */
  private static final List<String> SPEC =
      List.of("environment", "mode", "approvedPlan", "suspend", "image", "engine", "region");

  static boolean write() {
    return Boolean.getBoolean("gitops.write");
  }

  static List<State> saved(String kind) {
    return States.all().named().stream()
        .filter(state -> state.kind().equals(kind) && SAVED.get(kind).contains(state.name()))
        .toList();
  }

  static Stream<State> states() {
    return Shipped.KINDS.stream().flatMap(kind -> saved(kind).stream());
  }

  @ParameterizedTest
  @MethodSource("states")
  void aFixtureIsAStateThatTheFlowReaches(State state) throws IOException {
    Path file = Shipped.customization(state.kind()).resolve("testdata").resolve(state.fileName());
    ObjectNode now = fixture(state.object());
    if (write()) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, YAML.writeValueAsString(now));
    }
    assertThat(judged(Shipped.document(file))).as(HOW_TO_WRITE).isEqualTo(judged(now));
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void theExpectedHealthIsWhatTheScriptSays(String kind) throws IOException {
    Path folder = Shipped.customization(kind);
    if (write()) {
      Files.writeString(
          folder.resolve("health_test.yaml"), YAML.writeValueAsString(expected(kind)));
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

  private static ObjectNode fixture(ObjectNode object) {
    ObjectNode fixture = JSON.createObjectNode();
    fixture.set("apiVersion", object.get("apiVersion"));
    fixture.set("kind", object.get("kind"));
    ObjectNode metadata = fixture.putObject("metadata");
    for (String field : List.of("name", "namespace", "generation", "deletionTimestamp")) {
      copy(field, object.path("metadata"), metadata);
    }
    ObjectNode spec = fixture.putObject("spec");
    SPEC.forEach(field -> copy(field, object.path("spec"), spec));
    ObjectNode status = fixture.putObject("status");
    copy("observedGeneration", object.path("status"), status);
    copy("conditions", object.path("status"), status);
    return fixture;
  }

  private static void copy(String field, JsonNode from, ObjectNode to) {
    if (from.hasNonNull(field)) {
      to.set(field, from.get(field).deepCopy());
    }
  }

  /** What tools judge by: words, times and the conditions for people may change. */
  private static JsonNode judged(ObjectNode fixture) {
    ObjectNode bare = fixture.deepCopy();
    if (bare.path("metadata").has("deletionTimestamp")) {
      ((ObjectNode) bare.path("metadata")).put("deletionTimestamp", "some time");
    }
    ((ObjectNode) bare.path("spec")).remove("approvedPlan");
    ObjectNode status = (ObjectNode) bare.path("status");
    status.remove("conditions");
    for (String type : List.of("Ready", "Reconciling", "Stalled", "Synced")) {
      JsonNode condition = State.condition(fixture, type);
      status.put(type, condition.path("status").asText("absent"));
    }
    return Shipped.plain(bare);
  }
}
