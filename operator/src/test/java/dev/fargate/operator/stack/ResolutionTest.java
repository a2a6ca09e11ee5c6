package dev.fargate.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ResolutionTest {
  private static final ResourceId GROUP = new ResourceId(Kind.SECURITY_GROUP, "tasks");
  private static final ResourceId SECRET = new ResourceId(Kind.SECRET, "env");

  @Test
  void aReferenceIsKnownOnceItsResourceExists() {
    Value reference = Value.ref(GROUP, Output.ID);

    assertThat(Resolution.none().resolve(reference)).isEqualTo(reference);
    assertThat(Resolution.none().with(GROUP, Map.of(Output.ID, "sg-1")).resolve(reference))
        .isEqualTo(Value.known("sg-1"));
  }

  @Test
  void aJoinedValueKeepsWhatIsKnownUntilAllOfItIs() {
    Value joined =
        Value.joined(
            Value.ref(SECRET, Output.ARN),
            Value.known(":A::"),
            Value.ref(SECRET, Output.VERSION_ID));
    Resolution arnOnly = Resolution.none().with(SECRET, Map.of(Output.ARN, "arn:s"));

    assertThat(arnOnly.resolve(joined).toString()).isEqualTo("arn:s:A::(known after: Secret/env)");
    assertThat(Resolution.isKnown(arnOnly.resolve(joined))).isFalse();
    assertThat(arnOnly.with(SECRET, Map.of(Output.VERSION_ID, "v1")).resolve(joined))
        .isEqualTo(Value.known("arn:s:A::v1"));
  }

  @Test
  void newerOutputsWinAndAnOutputAboutToChangeIsForgotten() {
    Resolution first =
        Resolution.none().with(SECRET, Map.of(Output.ARN, "arn:s", Output.VERSION_ID, "v1"));

    Resolution newer = first.with(SECRET, Map.of(Output.VERSION_ID, "v2"));
    assertThat(newer.get(SECRET, Output.VERSION_ID)).contains("v2");
    assertThat(newer.get(SECRET, Output.ARN)).contains("arn:s");
    assertThat(first.without(SECRET, Output.VERSION_ID).get(SECRET, Output.VERSION_ID)).isEmpty();
    assertThat(first.get(SECRET, Output.VERSION_ID)).contains("v1");
  }

  @Test
  void theReferencesOfAResourceAreThoseOfAllItsValues() {
    var rule =
        new SecurityGroupRule(
            new ResourceId(Kind.SECURITY_GROUP_RULE, "lb"),
            Value.ref(GROUP, Output.ID),
            "tcp",
            80,
            80,
            new SecurityGroupRule.Peer(Value.known("sg-lb"), null),
            "lb");

    assertThat(Resolution.references(rule)).containsExactly(GROUP);
    Resolution known = Resolution.none().with(GROUP, Map.of(Output.ID, "sg-1"));
    assertThat(Resolution.isKnown(known.resolve(rule))).isTrue();
    assertThat(known.resolve(rule).physicalName()).isEqualTo("sg-1 <- sg-lb tcp/80");
  }
}
