package dev.fargate.local.aws.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachabilityTest {
  private static final Reachability.End LB = new Reachability.End(Set.of("lb"), "10.0.0.4");
  private static final Reachability.End APP = new Reachability.End(Set.of("app"), "10.0.1.4");
  private static final Reachability.End OTHER = new Reachability.End(Set.of("other"), "10.0.1.5");
  private static final Reachability.End DB = new Reachability.End(Set.of("db"), "10.0.2.4");

  /** The groups of one application: load balancer to app, app to database, nobody else. */
  private static final List<GroupRule> RULES =
      List.of(
          out("lb"),
          out("app"),
          out("other"),
          out("db"),
          in("app", "tcp", 3000, 3000, new GroupRule.Group("lb")),
          in("db", "tcp", 27017, 27017, new GroupRule.Group("app")));

  private static GroupRule out(String group) {
    return new GroupRule("r", group, true, "-1", -1, -1, range("0.0.0.0/0"), null);
  }

  private static GroupRule in(String group, String protocol, int from, int to, GroupRule.Peer who) {
    return new GroupRule("r", group, false, protocol, from, to, who, null);
  }

  private static GroupRule.Peer range(String cidr) {
    return new GroupRule.Ipv4(Cidr.parse(cidr));
  }

  private static Reachability.End end(String name) {
    return switch (name) {
      case "LB" -> LB;
      case "APP" -> APP;
      case "OTHER" -> OTHER;
      default -> DB;
    };
  }

  @ParameterizedTest(name = "{0} to {1} port {2}: {3}")
  @CsvSource({
    "LB, APP, 3000, true",
    "LB, APP, 3001, false",
    "LB, DB, 27017, false",
    "APP, DB, 27017, true",
    "APP, DB, 27018, false",
    "OTHER, DB, 27017, false",
    "OTHER, APP, 3000, false",
    "DB, APP, 3000, false",
    "APP, APP, 3000, false",
  })
  void aGroupNamedAsSourceLetsInItsMembersOnly(String from, String to, int port, boolean allowed) {
    assertThat(Reachability.allowed(RULES, end(from), end(to), "tcp", port)).isEqualTo(allowed);
  }

  @ParameterizedTest(name = "{0} allowed by {1} on {2} {3}-{4}: {5}")
  @CsvSource({
    "10.0.1.4, 10.0.1.0/24, tcp, 80, 90, true",
    "10.0.2.4, 10.0.1.0/24, tcp, 80, 90, false",
    "10.0.1.4, 10.0.1.4/32, tcp, 85, 85, true",
    "10.0.1.5, 10.0.1.4/32, tcp, 85, 85, false",
    "10.0.1.4, 0.0.0.0/0, tcp, 86, 90, false",
    "10.0.1.4, 0.0.0.0/0, udp, 80, 90, false",
    "10.0.1.4, 0.0.0.0/0, -1, -1, -1, true",
  })
  void aRangeLetsInItsAddressesOnItsPorts(
      String ip, String cidr, String protocol, int from, int to, boolean allowed) {
    List<GroupRule> rules = List.of(out("a"), in("b", protocol, from, to, range(cidr)));
    Reachability.End sender = new Reachability.End(Set.of("a"), ip);
    assertThat(Reachability.allowed(rules, sender, receiverIn("b"), "tcp", 85)).isEqualTo(allowed);
  }

  private static Reachability.End receiverIn(String group) {
    return new Reachability.End(Set.of(group), "10.0.9.9");
  }

  @Test
  void aSenderWithoutAnEgressRuleReachesNobody() {
    List<GroupRule> withoutEgress = RULES.stream().filter(rule -> !rule.egress()).toList();
    assertThat(Reachability.allowed(withoutEgress, LB, APP, "tcp", 3000)).isFalse();
  }

  @Test
  void anEgressRuleToAGroupReachesThatGroupOnly() {
    List<GroupRule> rules =
        List.of(
            new GroupRule("r", "lb", true, "tcp", 1, 65535, new GroupRule.Group("app"), null),
            in("app", "-1", -1, -1, range("0.0.0.0/0")),
            in("db", "-1", -1, -1, range("0.0.0.0/0")));
    assertThat(Reachability.allowed(rules, LB, APP, "tcp", 3000)).isTrue();
    assertThat(Reachability.allowed(rules, LB, DB, "tcp", 3000)).isFalse();
  }

  @Test
  void oneOfSeveralGroupsIsEnough() {
    Reachability.End both = new Reachability.End(Set.of("other", "app"), "10.0.1.7");
    assertThat(Reachability.allowed(RULES, both, DB, "tcp", 27017)).isTrue();
    assertThat(Reachability.allowed(RULES, LB, both, "tcp", 3000)).isTrue();
  }

  @Test
  void anIpv6RangeLetsInNoIpv4Address() {
    List<GroupRule> rules = List.of(out("lb"), in("app", "-1", -1, -1, new GroupRule.Ipv6("::/0")));
    assertThat(Reachability.allowed(rules, LB, APP, "tcp", 3000)).isFalse();
  }
}
