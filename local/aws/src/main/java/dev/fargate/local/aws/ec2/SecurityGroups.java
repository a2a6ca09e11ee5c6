package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.wire.AwsException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The security groups and their rules, as they are now. */
final class SecurityGroups {
  static final String DEFAULT_NAME = "default";

  /** Per direction, as AWS's default quota. */
  private static final int MAX_RULES = 60;

  record Group(String id, String vpcId, String name, String description) {
    boolean isDefault() {
      return name.equals(DEFAULT_NAME);
    }
  }

  private final Ids ids;
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Map<String, GroupRule> rules = new LinkedHashMap<>();

  SecurityGroups(Ids ids) {
    this.ids = ids;
  }

  /** Makes a group with the one rule every new group has: all traffic may go out. */
  Group create(String vpcId, String name, String description) {
    boolean duplicate =
        groups.values().stream()
            .anyMatch(other -> other.vpcId().equals(vpcId) && other.name().equalsIgnoreCase(name));
    if (duplicate) {
      throw new AwsException(
          "InvalidGroup.Duplicate",
          "The security group '" + name + "' already exists for VPC '" + vpcId + "'");
    }
    Group group = new Group(ids.next("sg-"), vpcId, name, description);
    groups.put(group.id(), group);
    GroupRule.Peer everywhere = new GroupRule.Ipv4(new Cidr(0, 0));
    add(new GroupRule(null, group.id(), true, "-1", -1, -1, everywhere, null));
    return group;
  }

  Optional<Group> find(String groupId) {
    return Optional.ofNullable(groups.get(groupId));
  }

  Group require(String groupId) {
    if (!groupId.startsWith("sg-")) {
      throw new AwsException(
          "InvalidGroupId.Malformed", "Invalid id: \"" + groupId + "\" (expecting \"sg-...\")");
    }
    return find(groupId)
        .orElseThrow(
            () ->
                new AwsException(
                    "InvalidGroup.NotFound",
                    "The security group '" + groupId + "' does not exist"));
  }

  Collection<Group> all() {
    return groups.values();
  }

  Group defaultOf(String vpcId) {
    return groups.values().stream()
        .filter(group -> group.vpcId().equals(vpcId) && group.isDefault())
        .findFirst()
        .orElseThrow(
            () ->
                new AwsException(
                    "InvalidVpcID.NotFound", "The vpc ID '" + vpcId + "' does not exist"));
  }

  void remove(String groupId) {
    groups.remove(groupId);
    rules.values().removeIf(rule -> rule.groupId().equals(groupId));
  }

  Collection<GroupRule> rules() {
    return rules.values();
  }

  List<GroupRule> rulesOf(String groupId, boolean egress) {
    return rules.values().stream()
        .filter(rule -> rule.groupId().equals(groupId) && rule.egress() == egress)
        .toList();
  }

  Optional<GroupRule> rule(String ruleId) {
    return Optional.ofNullable(rules.get(ruleId));
  }

  /** Refuses what {@link #add} would refuse, for one more rule beside {@code pending} others. */
  void check(GroupRule rule, List<GroupRule> pending) {
    boolean duplicate =
        rules.values().stream().anyMatch(rule::sameTraffic)
            || pending.stream().anyMatch(rule::sameTraffic);
    if (duplicate) {
      throw new AwsException(
          "InvalidPermission.Duplicate",
          "the specified rule \"" + describe(rule) + "\" already exists");
    }
    if (rulesOf(rule.groupId(), rule.egress()).size() + pending.size() >= MAX_RULES) {
      throw new AwsException(
          "RulesPerSecurityGroupLimitExceeded",
          "The maximum number of rules per security group has been reached.");
    }
  }

  /** Stores the rule under a fresh id. */
  GroupRule add(GroupRule rule) {
    GroupRule stored =
        new GroupRule(
            ids.next("sgr-"),
            rule.groupId(),
            rule.egress(),
            rule.protocol(),
            rule.fromPort(),
            rule.toPort(),
            rule.peer(),
            rule.description());
    rules.put(stored.id(), stored);
    return stored;
  }

  void removeRule(String ruleId) {
    rules.remove(ruleId);
  }

  private static String describe(GroupRule rule) {
    String protocol =
        rule.protocol().equals("-1") ? "ALL" : rule.protocol().toUpperCase(java.util.Locale.ROOT);
    String ports =
        rule.fromPort() < 0 && rule.toPort() < 0
            ? ""
            : ", from port: " + rule.fromPort() + ", to port: " + rule.toPort();
    return "peer: " + peer(rule.peer()) + ", " + protocol + ports + ", ALLOW";
  }

  private static String peer(GroupRule.Peer peer) {
    if (peer instanceof GroupRule.Group group) {
      return group.groupId();
    }
    return peer instanceof GroupRule.Ipv4 block
        ? block.cidr().toString()
        : ((GroupRule.Ipv6) peer).cidr();
  }
}
