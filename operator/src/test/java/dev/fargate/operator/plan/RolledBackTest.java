package dev.fargate.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Service.Network;
import dev.fargate.operator.stack.Service.Target;
import dev.fargate.operator.stack.Value;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What ECS went back from is taken for what is wanted only where all of it is the same. */
class RolledBackTest {
  private static final Value A = Value.known("a");
  private static final Value B = Value.known("b");
  private static final Network NETWORK = new Network(Set.of("s1", "s2"), List.of(A, B), false);
  private static final List<Target> TARGETS =
      List.of(new Target(A, "web", 80), new Target(B, "web", 81));
  private static final RolledBack FAILED =
      new RolledBack("web:2", NETWORK, TARGETS, List.of(A, B), "1.4.0");

  private static Service wanted(String platformVersion, List<Target> targets) {
    return new Service(
        new ResourceId(Kind.SERVICE, "service"),
        "web",
        Value.known("cluster"),
        Value.known("web:2"),
        new Service.Count(7, true),
        List.of(),
        NETWORK,
        targets,
        List.of(A, B),
        new Service.Deployment(100, 200, true, true, true),
        60,
        platformVersion,
        "SERVICE",
        null);
  }

  private static boolean asked(RolledBack failed) {
    return failed.askedFor(wanted("LATEST", TARGETS));
  }

  @Test
  void theSameInWhateverOrderIsTheSame() {
    assertThat(asked(FAILED)).isTrue();
    assertThat(
            asked(
                new RolledBack(
                    "web:2",
                    new Network(Set.of("s2", "s1"), List.of(B, A), false),
                    List.of(TARGETS.get(1), TARGETS.get(0)),
                    List.of(B, A),
                    "1.3.0")))
        .isTrue();
  }

  @Test
  void anythingElseIsAnotherWish() {
    for (RolledBack other :
        List.of(
            RolledBack.unknown(),
            new RolledBack("web:1", NETWORK, TARGETS, List.of(A, B), "1.4.0"),
            failed(new Network(Set.of("s1"), List.of(A, B), false)),
            failed(new Network(Set.of("s1", "s2"), List.of(A), false)),
            failed(new Network(Set.of("s1", "s2"), List.of(A, B), true)),
            failed(List.of(TARGETS.get(0))),
            failed(List.of(TARGETS.get(0), new Target(B, "web", 82))),
            failed(List.of(TARGETS.get(0), new Target(B, "other", 81))),
            failed(List.of(TARGETS.get(0), new Target(A, "web", 81))),
            new RolledBack("web:2", NETWORK, TARGETS, List.of(A), "1.4.0"))) {
      assertThat(asked(other)).as("%s", other).isFalse();
    }
  }

  private static RolledBack failed(Network network) {
    return new RolledBack("web:2", network, TARGETS, List.of(A, B), "1.4.0");
  }

  private static RolledBack failed(List<Target> targets) {
    return new RolledBack("web:2", NETWORK, targets, List.of(A, B), "1.4.0");
  }

  @Test
  void aPlatformThatIsNamedCountsAndTheLatestIsWhateverEcsMadeOfIt() {
    assertThat(FAILED.askedFor(wanted("1.4.0", TARGETS))).isTrue();
    assertThat(FAILED.askedFor(wanted("1.3.0", TARGETS))).isFalse();
  }

  @Test
  void howTrafficMovesIsNoPartOfIt() {
    Service.Shift shift = new Service.Shift(A, B, "role");
    List<Target> shifted =
        TARGETS.stream()
            .map(
                target ->
                    new Target(
                        target.targetGroupArn(),
                        target.containerName(),
                        target.containerPort(),
                        shift))
            .toList();
    assertThat(FAILED.askedFor(wanted("LATEST", shifted))).isTrue();
  }
}
