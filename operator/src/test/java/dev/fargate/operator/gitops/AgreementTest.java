package dev.fargate.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our conditions, kstatus (Flux, kpt) and our health script (Argo CD) say the same of an object, in
 * every state that it comes to.
 */
class AgreementTest {
  private static final ArgoLua ARGO = new ArgoLua(Instant.parse("2026-11-21T08:00:00Z"));

  /** Somebody wants that nothing happens: only Argo CD has a word for that. */
  private static final Set<String> BY_WISH = Set.of("Paused", "PlanPending");

  static Stream<State> states() {
    return States.all().named().stream();
  }

  @ParameterizedTest
  @MethodSource("states")
  void toolsSayOfItWhatPeopleWould(State state) {
    if (state.kstatus() != null) {
      assertThat(Kstatus.of(state.object())).as(seen(state.object())).isEqualTo(state.kstatus());
    }
    if (state.health() != null) {
      assertThat(health(state.object()).status())
          .as(seen(state.object()))
          .isEqualTo(state.health());
    }
    if (state.reason() != null) {
      assertThat(State.condition(state.object(), "Ready").path("reason").asText(""))
          .as(seen(state.object()))
          .isEqualTo(state.reason());
    }
    assertThat(disagreement(state.object())).isNull();
  }

  @Test
  void theyAgreeInEverythingThatWasWrittenOnTheWay() {
    List<String> disagreements = new ArrayList<>();
    for (ObjectNode object : States.all().written()) {
      String disagreement = disagreement(object);
      if (disagreement != null) {
        disagreements.add(disagreement);
      }
    }
    assertThat(disagreements).isEmpty();
    assertThat(States.all().written()).hasSizeGreaterThan(200);
  }

  @Test
  void theScenariosReachEveryAnswer() {
    Set<String> answers = new HashSet<>();
    States.all()
        .written()
        .forEach(object -> answers.add(Kstatus.of(object) + " " + health(object).status()));
    assertThat(answers)
        .contains(
            "InProgress Progressing",
            "Failed Degraded",
            "Current Healthy",
            "Current Suspended",
            "Terminating Progressing");
  }

  @Test
  void theHealthHasWordsInEveryState() {
    assertThat(States.all().written())
        .allSatisfy(object -> assertThat(health(object).message()).isNotBlank());
  }

  static Stream<State> saved() {
    return Fixtures.states();
  }

  @ParameterizedTest
  @MethodSource("saved")
  void aFixtureIsAStateThatTheFlowReaches(State state) throws IOException {
    Path file = Fixtures.file(state);
    ObjectNode now = Fixtures.of(state.object());
    if (Fixtures.write()) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, Fixtures.YAML.writeValueAsString(now));
    }
    assertThat(Fixtures.judged(Shipped.document(file)))
        .as(Fixtures.HOW_TO_WRITE)
        .isEqualTo(Fixtures.judged(now));
  }

  /** What one object's three readers do not agree on, in words; null when they agree. */
  private static String disagreement(ObjectNode object) {
    Kstatus.Result kstatus = Kstatus.of(object);
    String health = health(object).status();
    Set<String> allowed =
        switch (kstatus) {
          case TERMINATING -> Set.of("Progressing");
          case FAILED -> Set.of(stalledByWish(object) ? "Suspended" : "Degraded");
          case IN_PROGRESS ->
              Set.of(held(object) && observed(object) ? "Suspended" : "Progressing");
          case CURRENT -> Set.of(held(object) || suspended(object) ? "Suspended" : "Healthy");
        };
    if (!allowed.contains(health)) {
      return kstatus + " but " + health + ": " + seen(object);
    }
    if (kstatus == Kstatus.Result.TERMINATING || !observed(object)) {
      return null;
    }
    boolean ready = State.isTrue(object, "Ready");
    boolean reconciling = State.isTrue(object, "Reconciling");
    boolean stalled = State.isTrue(object, "Stalled");
    if (stalled && reconciling) {
      return "Stalled and Reconciling: " + seen(object);
    }
    if (!ready && !reconciling && !stalled && !held(object)) {
      return "not Ready, and nobody acts: " + seen(object);
    }
    if ((kstatus == Kstatus.Result.CURRENT) != (ready && !reconciling && !stalled)) {
      return kstatus + " but " + seen(object);
    }
    for (JsonNode condition : object.at("/status/conditions")) {
      // What serves goes on serving while the new spec is still to come: Ready is about the old
      // one.
      boolean staysReady =
          ready && (reconciling || stalled) && condition.path("type").asText().equals("Ready");
      if (!staysReady
          && condition.path("observedGeneration").asLong()
              != object.at("/metadata/generation").asLong()) {
        return "a condition of an older generation: " + seen(object);
      }
    }
    return null;
  }

  private static boolean stalledByWish(ObjectNode object) {
    return BY_WISH.contains(State.condition(object, "Stalled").path("reason").asText());
  }

  /** Nothing is written to AWS, because the spec says so. */
  private static boolean held(ObjectNode object) {
    String mode = object.at("/spec/mode").asText();
    boolean synced = !State.condition(object, "Synced").path("status").asText().equals("False");
    return mode.equals("Paused") || (mode.equals("Plan") && !synced);
  }

  private static boolean suspended(ObjectNode object) {
    return object.at("/spec/suspend").asBoolean();
  }

  private static boolean observed(ObjectNode object) {
    return object.at("/status/observedGeneration").asLong()
        == object.at("/metadata/generation").asLong();
  }

  private static ArgoLua.Health health(ObjectNode object) {
    String kind = object.path("kind").asText();
    return ARGO.health(Shipped.text(Shipped.customization(kind).resolve("health.lua")), object);
  }

  private static String seen(ObjectNode object) {
    StringBuilder text = new StringBuilder(object.path("kind").asText());
    text.append(' ').append(health(object).message());
    for (JsonNode condition : object.at("/status/conditions")) {
      text.append(' ')
          .append(condition.path("type").asText())
          .append('=')
          .append(condition.path("status").asText())
          .append(':')
          .append(condition.path("reason").asText());
    }
    return text.toString();
  }
}
