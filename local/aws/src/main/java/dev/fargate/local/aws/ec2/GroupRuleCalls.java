package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rules of security groups as clients add, read and revoke them. */
final class GroupRuleCalls {
  private final NetworkSeed seed;
  private final SecurityGroups groups;
  private final SecurityGroupCalls groupCalls;
  private final TagStore tags;
  private final Filters<GroupRule> filters;

  GroupRuleCalls(
      NetworkSeed seed, SecurityGroups groups, SecurityGroupCalls groupCalls, TagStore tags) {
    this.seed = seed;
    this.groups = groups;
    this.groupCalls = groupCalls;
    this.tags = tags;
    this.filters =
        new Filters<>(GroupRule::id, tags)
            .onOne("group-id", GroupRule::groupId)
            .onOne("security-group-rule-id", GroupRule::id);
  }

  Map<String, Operation> operations() {
    return Map.of(
        "AuthorizeSecurityGroupIngress", input -> authorize(input, false),
        "AuthorizeSecurityGroupEgress", input -> authorize(input, true),
        "RevokeSecurityGroupIngress", input -> revoke(input, false),
        "RevokeSecurityGroupEgress", input -> revoke(input, true),
        "DescribeSecurityGroupRules", this::describe);
  }

  private Struct authorize(Struct input, boolean egress) {
    SecurityGroups.Group group = groups.require(groupCalls.groupId(input));
    Map<String, String> given = TagStore.specified(input, "security-group-rule");
    List<GroupRule> asked = Permissions.parse(input, group.id(), egress);
    List<GroupRule> checked = new ArrayList<>();
    for (GroupRule rule : asked) {
      requireSameVpc(group, rule);
      groups.check(rule, checked);
      checked.add(rule);
    }
    List<GroupRule> added = checked.stream().map(groups::add).toList();
    added.forEach(rule -> tags.put(rule.id(), given));
    return Struct.of()
        .with("Return", true)
        .with("SecurityGroupRules", added.stream().map(this::render).toList());
  }

  private void requireSameVpc(SecurityGroups.Group group, GroupRule rule) {
    if (rule.peer() instanceof GroupRule.Group peer) {
      if (!groups.require(peer.groupId()).vpcId().equals(group.vpcId())) {
        throw new AwsException(
            "InvalidGroup.NotFound",
            "You have specified two resources that belong to different networks.");
      }
    }
  }

  private Struct revoke(Struct input, boolean egress) {
    SecurityGroups.Group group = groups.require(groupCalls.groupId(input));
    List<String> ids = input.strings("SecurityGroupRuleIds");
    List<GroupRule> revoked =
        ids.isEmpty() ? byTraffic(input, group.id(), egress) : byId(ids, group.id(), egress);
    for (GroupRule rule : revoked) {
      groups.removeRule(rule.id());
      tags.removeAll(rule.id());
    }
    return Struct.of().with("Return", true);
  }

  private List<GroupRule> byId(List<String> ids, String groupId, boolean egress) {
    return ids.stream()
        .map(this::require)
        .peek(
            rule -> {
              if (!rule.groupId().equals(groupId) || rule.egress() != egress) {
                throw notFound(rule.id());
              }
            })
        .toList();
  }

  private List<GroupRule> byTraffic(Struct input, String groupId, boolean egress) {
    return Permissions.parse(input, groupId, egress).stream()
        .map(
            asked ->
                groups.rules().stream()
                    .filter(asked::sameTraffic)
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new AwsException(
                                "InvalidPermission.NotFound",
                                "The specified rule does not exist in this security group.")))
        .toList();
  }

  private Struct describe(Struct input) {
    List<String> ids = input.strings("SecurityGroupRuleIds");
    ids.forEach(this::require);
    List<GroupRule> rows =
        filters.select(input, groups.rules()).stream()
            .filter(rule -> ids.isEmpty() || ids.contains(rule.id()))
            .toList();
    return Page.of(input, "SecurityGroupRules", rows, this::render);
  }

  private GroupRule require(String ruleId) {
    return groups.rule(ruleId).orElseThrow(() -> notFound(ruleId));
  }

  private static AwsException notFound(String ruleId) {
    return new AwsException(
        "InvalidSecurityGroupRuleId.NotFound",
        "The security group rule ID '" + ruleId + "' does not exist");
  }

  private Struct render(GroupRule rule) {
    Struct shown = common(rule);
    if (rule.peer() instanceof GroupRule.Group peer) {
      shown.with(
          "ReferencedGroupInfo",
          Struct.of()
              .with("GroupId", peer.groupId())
              .with("UserId", seed.accountId())
              .with(
                  "VpcId",
                  groups.find(peer.groupId()).map(SecurityGroups.Group::vpcId).orElse(null)));
    }
    List<Struct> held = tags.structs(rule.id());
    return shown
        .with("GroupOwnerId", seed.accountId())
        .with("Tags", held.isEmpty() ? null : held)
        .with(
            "SecurityGroupRuleArn",
            "arn:aws:ec2:"
                + seed.region()
                + ":"
                + seed.accountId()
                + ":security-group-rule/"
                + rule.id());
  }

  private static Struct common(GroupRule rule) {
    Struct shown =
        Struct.of()
            .with("SecurityGroupRuleId", rule.id())
            .with("GroupId", rule.groupId())
            .with("IsEgress", rule.egress())
            .with("IpProtocol", rule.protocol())
            .with("FromPort", rule.fromPort())
            .with("ToPort", rule.toPort())
            .with("Description", rule.description());
    if (rule.peer() instanceof GroupRule.Ipv4 block) {
      shown.with("CidrIpv4", block.cidr().toString());
    } else if (rule.peer() instanceof GroupRule.Ipv6 block) {
      shown.with("CidrIpv6", block.cidr());
    }
    return shown;
  }
}
