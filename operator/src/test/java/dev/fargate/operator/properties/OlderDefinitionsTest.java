package dev.fargate.operator.properties;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.operator.validate.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The cluster's definitions may be older than the operator, and the command line reads files: what
 * a rule of the definitions refuses, the operator refuses by itself, at the same field.
 */
class OlderDefinitionsTest {
  private static final String BAD = "bad-specs.yaml";

  /** What no definition can say: sums, and what needs to know the operator. */
  private static final String OURS = "only-the-operator.yaml";

  private static final ApiServer PRESENT = new ApiServer();
  private static final ApiServer OLDER = ApiServer.withoutRules();

  /** What a rule refuses, and neither a type nor a bound; with the refusal. */
  private static final Map<ChangedSpec, String> REFUSED_BY_RULES =
      ChangedSpec.in(BAD).stream()
          .filter(spec -> OLDER.refusal(spec.object()).isEmpty())
          .collect(
              Collectors.toMap(
                  spec -> spec,
                  spec -> PRESENT.refusal(spec.object()).orElse("accepted"),
                  (one, same) -> same,
                  LinkedHashMap::new));

  /** Why the operator may carry out what a rule refuses, by kind and the rule's message. */
  private final JsonNode left = ApiServer.yaml("left-to-the-schema.yaml");

  @Test
  void whatARuleRefusesTheOperatorRefusesAtTheSameField() throws JsonProcessingException {
    List<String> through = new ArrayList<>();
    for (ChangedSpec spec : REFUSED_BY_RULES.keySet()) {
      List<Problem> problems = ChangedSpec.problems(spec.object());
      boolean refused = problems.stream().anyMatch(problem -> isAt(spec.field(), problem));
      if (refused == isLeft(spec)) {
        through.add(spec + " " + problems + "\n    " + REFUSED_BY_RULES.get(spec));
      }
    }
    assertThat(through).isEmpty();
  }

  @Test
  void theDefaultsOfTheDefinitionsChangeNothingOfThat() throws JsonProcessingException {
    for (ChangedSpec spec : REFUSED_BY_RULES.keySet()) {
      assertThat(ChangedSpec.problems(OLDER.applied(spec.object())))
          .as(spec.toString())
          .isEqualTo(ChangedSpec.problems(spec.object()));
    }
  }

  @Test
  void whatOnlyTheOperatorKnowsIsRefusedAtItsField() throws JsonProcessingException {
    for (ChangedSpec spec : ChangedSpec.in(OURS)) {
      assertThat(PRESENT.refusal(spec.object())).as(spec.toString()).isEmpty();
      assertThat(ChangedSpec.problems(spec.object()))
          .as(spec.toString())
          .anyMatch(problem -> isAt(spec.field(), problem));
    }
  }

  @Test
  void whatIsJustWithinTheBoundsIsTakenByBoth() throws JsonProcessingException {
    for (ChangedSpec spec : ChangedSpec.in("good-specs.yaml")) {
      assertThat(PRESENT.refusal(spec.object())).as(spec.toString()).isEmpty();
      assertThat(ChangedSpec.problems(spec.object())).as(spec.toString()).isEmpty();
    }
  }

  @Test
  void theSamplesHaveNoProblem() throws JsonProcessingException {
    for (String kind : ApiServer.kinds()) {
      assertThat(ChangedSpec.problems(ApiServer.sample(kind))).as(kind).isEmpty();
    }
  }

  @Test
  void anObjectWithoutASpecIsTold() throws JsonProcessingException {
    for (String kind : ApiServer.kinds()) {
      ObjectNode object = ApiServer.sample(kind);
      object.remove("spec");
      assertThat(ChangedSpec.problems(object))
          .as(kind)
          .containsExactly(new Problem("spec", "is required"));
    }
  }

  @Test
  void everyRuleRefusesABadSpec() {
    List<String> refusals =
        REFUSED_BY_RULES.entrySet().stream()
            .map(entry -> entry.getKey().kind() + ": " + entry.getValue())
            .toList();
    for (String kind : ApiServer.kinds()) {
      for (String message : new TreeSet<>(messages(ApiServer.spec(kind)))) {
        assertThat(refusals)
            .as(kind + ": " + message)
            .anyMatch(refusal -> refusal.startsWith(kind + ":") && refusal.contains(message));
      }
    }
  }

  @Test
  void whatIsLeftToTheSchemaIsARuleOfIt() {
    left.properties()
        .forEach(
            kind -> {
              List<String> messages = messages(ApiServer.spec(kind.getKey()));
              assertThat(messagesLeft(kind.getKey()))
                  .allMatch(left -> messages.stream().anyMatch(rule -> rule.contains(left)));
            });
  }

  private static boolean isAt(String field, Problem problem) {
    return problem.field().equals(field)
        || problem.field().startsWith(field + ".")
        || problem.field().startsWith(field + "[");
  }

  private boolean isLeft(ChangedSpec spec) {
    return messagesLeft(spec.kind()).stream().anyMatch(REFUSED_BY_RULES.get(spec)::contains);
  }

  private List<String> messagesLeft(String kind) {
    return left.path(kind).properties().stream().map(Map.Entry::getKey).toList();
  }

  /** Of the rules about one state of an object, as opposed to those about its changes. */
  private static List<String> messages(JsonNode schema) {
    return schema.findValues("x-kubernetes-validations").stream()
        .flatMap(rules -> rules.findParents("rule").stream())
        .filter(rule -> !rule.path("rule").asText().contains("oldSelf"))
        .map(rule -> rule.path("message").asText())
        .toList();
  }
}
