package dev.fargate.local.aws.ec2;

import java.util.Collection;
import java.util.Set;

/**
 * Decides, purely from security group rules, whether traffic may pass from one interface to
 * another: some group of the sender must let it out and some group of the receiver must let it in.
 * Answers pass back by themselves, since security groups are stateful.
 */
public final class Reachability {
  private static final String ALL = "-1";

  private Reachability() {}

  /**
   * One end of the traffic.
   *
   * @param groups the security groups of its interface; none lets nothing through
   * @param ip its IPv4 address inside the VPC
   */
  public record End(Set<String> groups, String ip) {}

  /**
   * @param rules the rules of every group concerned, in any order
   * @param protocol tcp or udp
   */
  public static boolean allowed(
      Collection<GroupRule> rules, End from, End to, String protocol, int port) {
    return passes(rules, true, from, to, protocol, port)
        && passes(rules, false, to, from, protocol, port);
  }

  private static boolean passes(
      Collection<GroupRule> rules,
      boolean egress,
      End holder,
      End peer,
      String protocol,
      int port) {
    return rules.stream()
        .anyMatch(
            rule ->
                rule.egress() == egress
                    && holder.groups().contains(rule.groupId())
                    && covers(rule, protocol, port)
                    && matches(rule.peer(), peer));
  }

  private static boolean covers(GroupRule rule, String protocol, int port) {
    return rule.protocol().equals(ALL)
        || (rule.protocol().equals(protocol) && rule.fromPort() <= port && port <= rule.toPort());
  }

  private static boolean matches(GroupRule.Peer peer, End end) {
    if (peer instanceof GroupRule.Group group) {
      return end.groups().contains(group.groupId());
    }
    return peer instanceof GroupRule.Ipv4 block && block.cidr().contains(end.ip());
  }
}
