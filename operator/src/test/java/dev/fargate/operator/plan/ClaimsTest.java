package dev.fargate.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.plan.Claims.Claim;
import dev.fargate.operator.plan.Claims.Contender;
import dev.fargate.operator.plan.Claims.Holder;
import dev.fargate.operator.plan.Observed.RuleSlot;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final String LISTENER = "arn:listener";
  private static final Claim CLAIM = new Claim(LISTENER, "a.example.com", "/x");
  private static final Contender OLDER = new Contender("FargateApp/n/b", Instant.ofEpochSecond(1));
  private static final Contender NEWER = new Contender("FargateApp/n/a", Instant.ofEpochSecond(2));
  private static final Claims BOTH = Claims.of(Map.of(CLAIM, List.of(NEWER, OLDER)));

  private static ListenerRule rule(Set<String> hosts, Set<String> paths) {
    return new ListenerRule(
        new ResourceId(Kind.LISTENER_RULE, "r"),
        Value.known(LISTENER),
        null,
        null,
        new TreeSet<>(hosts),
        new TreeSet<>(paths),
        new TreeSet<>(),
        List.of());
  }

  private static final ListenerRule WANTED = rule(Set.of("a.example.com"), Set.of("/x"));

  private static RuleSlot slot(String owner, int priority) {
    return new RuleSlot(
        LISTENER, "arn:rule/" + priority, priority, Set.of("a.example.com"), Set.of("/x"), owner);
  }

  @Test
  void theOlderCustomResourceHoldsAClaimThatNobodyHasLive() {
    assertThat(BOTH.inTheWay(OLDER.owner(), LISTENER, WANTED, List.of())).isEmpty();
    assertThat(BOTH.inTheWay(NEWER.owner(), LISTENER, WANTED, List.of()))
        .contains(new Holder(CLAIM, OLDER.owner(), false));
  }

  @Test
  void ofTwoOfTheSameAgeTheFirstByNameHolds() {
    Contender twin = new Contender("FargateApp/n/c", OLDER.since());
    Claims claims = Claims.of(Map.of(CLAIM, List.of(twin, OLDER)));
    assertThat(claims.inTheWay(OLDER.owner(), LISTENER, WANTED, List.of())).isEmpty();
    assertThat(claims.inTheWay(twin.owner(), LISTENER, WANTED, List.of())).isPresent();
  }

  @Test
  void whoHasTheLiveRuleHoldsWhateverTheAge() {
    List<RuleSlot> live = List.of(slot(NEWER.owner(), 7));
    assertThat(BOTH.inTheWay(NEWER.owner(), LISTENER, WANTED, live)).isEmpty();
    assertThat(BOTH.inTheWay(OLDER.owner(), LISTENER, WANTED, live))
        .contains(new Holder(CLAIM, NEWER.owner(), false));
  }

  @Test
  void ofTwoLiveRulesTheOneThatGetsTheRequestsHolds() {
    List<RuleSlot> live = List.of(slot(NEWER.owner(), 9), slot(OLDER.owner(), 7));
    assertThat(BOTH.inTheWay(OLDER.owner(), LISTENER, WANTED, live)).isEmpty();
    assertThat(BOTH.inTheWay(NEWER.owner(), LISTENER, WANTED, live)).isPresent();
  }

  @Test
  void aLiveRuleOfNobodyOfOursHoldsByItsArn() {
    assertThat(BOTH.inTheWay(OLDER.owner(), LISTENER, WANTED, List.of(slot(null, 7))))
        .contains(new Holder(CLAIM, "arn:rule/7", false));
  }

  @Test
  void aHolderWhoseSpecNoLongerClaimsIsLeaving() {
    assertThat(
            BOTH.inTheWay(OLDER.owner(), LISTENER, WANTED, List.of(slot("FargateApp/n/gone", 7))))
        .contains(new Holder(CLAIM, "FargateApp/n/gone", true));
  }

  @Test
  void oneLostClaimIsEnough() {
    ListenerRule two = rule(Set.of("a.example.com", "b.example.com"), Set.of("/x"));
    assertThat(BOTH.inTheWay(NEWER.owner(), LISTENER, two, List.of())).isPresent();
    ListenerRule other = rule(Set.of("b.example.com"), Set.of("/x"));
    assertThat(BOTH.inTheWay(NEWER.owner(), LISTENER, other, List.of())).isEmpty();
  }

  @Test
  void hostsAreComparedWithoutCaseAndAbsentOnesStandForAll() {
    assertThat(Claims.of(LISTENER, Set.of("A.Example.com"), Set.of("/x"))).containsExactly(CLAIM);
    assertThat(Claims.of(LISTENER, Set.of(), Set.of()))
        .containsExactlyElementsOf(Claims.of(LISTENER, Set.of("*"), Set.of("/*")));
    assertThat(Claims.of(LISTENER, Set.of("a.example.com"), Set.of("/X"))).doesNotContain(CLAIM);
  }
}
