package dev.fargate.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.plan.Observed.RuleSlot;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Value;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulePrioritiesTest {
  private static final String LISTENER = "arn:listener";

  private static ListenerRule rule(String hosts, String paths, Integer base) {
    return new ListenerRule(
        new ResourceId(Kind.LISTENER_RULE, "r"),
        Value.known(LISTENER),
        null,
        base,
        new TreeSet<>(split(hosts)),
        new TreeSet<>(split(paths)),
        new TreeSet<>(),
        List.of());
  }

  private static Set<String> split(String text) {
    return text == null ? Set.of() : Set.of(text.split(" "));
  }

  private static RulePriorities taken(int... priorities) {
    return new RulePriorities(
        IntStream.of(priorities)
            .mapToObj(p -> new RuleSlot(LISTENER, "arn:" + p, p, Set.of(), Set.of(), null))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "a.example.com,, 15361",
    "a.example.com, /*, 15241",
    "a.example.com, /api/*, 14761",
    "*.example.com, /api/*, 30761",
    ", /api/*, 46761",
    ",, 47361",
    // The least precise of several decides: nothing is taken from who claims it more precisely.
    "a.example.com *.example.com, /api/* /a/longer/one, 30761",
  })
  void theRowComesFromHostClassAndPathLength(String hosts, String paths, int row) {
    assertThat(RulePriorities.row(rule(hosts, paths, null))).isEqualTo(row);
  }

  @Property(tries = 300)
  void aLongerPathAlwaysComesFirst(
      @ForAll @AlphaChars @StringLength(min = 1, max = 120) String path,
      @ForAll @AlphaChars @StringLength(min = 1, max = 7) String more) {
    int shorter = RulePriorities.row(rule("a.example.com", "/" + path + "*", null));
    int longer = RulePriorities.row(rule("a.example.com", "/" + path + more + "*", null));
    assertThat(longer + 120).isLessThanOrEqualTo(shorter);
  }

  @Property(tries = 300)
  void everyPriorityIsOneThatAwsTakes(
      @ForAll @AlphaChars @StringLength(max = 127) String path, @ForAll boolean withHost) {
    var priority =
        taken().choose(LISTENER, rule(withHost ? "a.b.c" : null, "/" + path, null), null, null);
    assertThat(priority.getAsInt()).isBetween(1, 50_000);
  }

  @Test
  void takesTheFirstFreeSlotOfItsRow() {
    ListenerRule rule = rule("a.example.com", "/*", null);
    RulePriorities priorities = taken(15241, 15242, 15244);
    assertThat(priorities.choose(LISTENER, rule, null, null)).hasValue(15243);
    assertThat(priorities.choose(LISTENER, rule, null, null)).hasValue(15245);
    assertThat(priorities.choose("arn:another", rule, null, null)).hasValue(15241);
  }

  @Test
  void keepsItsPlaceInTheRightRowAndLeavesAWrongOne() {
    ListenerRule rule = rule("a.example.com", "/*", null);
    assertThat(taken(15299).choose(LISTENER, rule, 15299, null)).hasValue(15299);
    assertThat(taken(14761).choose(LISTENER, rule, 14761, null)).hasValue(15241);
  }

  @Test
  void comesBehindTheRuleItTakesOverFrom() {
    ListenerRule rule = rule("a.example.com", "/*", null);
    assertThat(taken(15250).choose(LISTENER, rule, null, 15250)).hasValue(15251);
  }

  @Test
  void theUsersBaseOverridesTheRow() {
    ListenerRule rule = rule("a.example.com", "/*", 10);
    assertThat(taken(10).choose(LISTENER, rule, null, null)).hasValue(11);
    assertThat(taken(15241).choose(LISTENER, rule, 15241, null)).hasValue(10);
  }

  @Test
  void aFullRowGivesNone() {
    ListenerRule rule = rule("a.example.com", "/*", null);
    int[] row = IntStream.range(15241, 15361).toArray();
    assertThat(taken(row).choose(LISTENER, rule, null, null)).isEmpty();
  }

  @Test
  void aRuleOfAnotherRowOrAtTheEndOfItsRowHasNoPlaceBehindIt() {
    ListenerRule rule = rule("a.example.com", "/*", null);
    assertThat(taken(15000).choose(LISTENER, rule, null, 15000)).hasValue(15241);
    assertThat(taken(15360).choose(LISTENER, rule, null, 15360)).hasValue(15241);
    assertThat(taken(15361).choose(LISTENER, rule, null, 15361)).hasValue(15241);
    assertThat(taken(15359).choose(LISTENER, rule, null, 15359)).hasValue(15360);
    assertThat(taken(15359, 15360).choose(LISTENER, rule, null, 15359))
        .as("before it rather than nowhere")
        .hasValue(15241);
  }

  @Test
  void theEndsOfARowBelongToItAndWhatIsBesideItDoesNot() {
    ListenerRule rule = rule("a.example.com", "/*", null);
    assertThat(taken().choose(LISTENER, rule, 15241, null)).hasValue(15241);
    assertThat(taken().choose(LISTENER, rule, 15360, null)).hasValue(15360);
    assertThat(taken().choose(LISTENER, rule, 15361, null)).hasValue(15241);
    assertThat(taken().choose(LISTENER, rule, 15240, null)).hasValue(15241);
  }
}
