package dev.fargate.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The states that are saved in Argo CD's own layout, and what of them. */
final class Fixtures {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  static final String HOW_TO_WRITE =
      "to write it anew: mvn -pl operator -am test -Dtest='AgreementTest,ArgoConfigTest,FixturesTest'"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dsurefire.runOrder=alphabetical"
          + " -DforkCount=1 -Dgitops.write=true";

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

  private Fixtures() {}

  static boolean write() {
    return Boolean.getBoolean("gitops.write");
  }

  static Stream<State> states() {
    return Shipped.KINDS.stream()
        .flatMap(
            kind ->
                States.all().named().stream()
                    .filter(state -> state.kind().equals(kind))
                    .filter(state -> SAVED.get(kind).contains(state.name())));
  }

  static Path file(State state) {
    return Shipped.customization(state.kind()).resolve("testdata").resolve(state.fileName());
  }

  static ObjectNode of(ObjectNode object) {
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
  static JsonNode judged(ObjectNode fixture) {
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
