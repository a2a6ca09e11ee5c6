package dev.fargate.operator.aws.ec2;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.SecurityGroupRule;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * One ingress rule each. AWS refuses a second rule with the same content: after a lost answer that
 * one is ours by its tags.
 */
public final class SecurityGroupRuleRunner implements Runner {
  private static final String DUPLICATE = "InvalidPermission.Duplicate";
  private static final Set<String> GONE =
      Set.of(
          "InvalidPermission.NotFound",
          "InvalidSecurityGroupRuleId.NotFound",
          "InvalidGroup.NotFound");

  private final Ec2Client ec2;
  private final SecurityGroupRuleReader reader;

  public SecurityGroupRuleRunner(Ec2Client ec2, SecurityGroupRuleReader reader) {
    this.ec2 = ec2;
    this.reader = reader;
  }

  @Override
  public Kind kind() {
    return Kind.SECURITY_GROUP_RULE;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    SecurityGroupRule wanted = (SecurityGroupRule) desired;
    try {
      String id =
          ec2.authorizeSecurityGroupIngress(
                  request ->
                      request
                          .groupId(wanted.groupId().toString())
                          .ipPermissions(permission(wanted))
                          .tagSpecifications(Ec2Tags.of(ResourceType.SECURITY_GROUP_RULE, tags)))
              .securityGroupRules()
              .get(0)
              .securityGroupRuleId();
      return Map.of(Output.ID, id);
    } catch (Ec2Exception failure) {
      if (!DUPLICATE.equals(failure.awsErrorDetails().errorCode())) {
        throw failure;
      }
      return existing(owner, wanted).map(Seen::outputs).orElseThrow(() -> failure);
    }
  }

  /**
   * One of others is as good (ADR 16). Those of a group that is being taken over have not been read
   * before.
   */
  private Optional<Seen> existing(Owner owner, SecurityGroupRule wanted) {
    return reader.of(Set.of(wanted.groupId().toString())).stream()
        .filter(seen -> same((SecurityGroupRule) seen.actual(), wanted))
        .max(Comparator.comparing(seen -> Ownership.owns(owner, seen.tags())));
  }

  private static boolean same(SecurityGroupRule actual, SecurityGroupRule wanted) {
    return actual.protocol().equals(wanted.protocol())
        && actual.fromPort() == wanted.fromPort()
        && actual.toPort() == wanted.toPort()
        && actual.peer().equals(wanted.peer());
  }

  /** Only tags: another content is another rule. */
  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    Ec2Tags.write(ec2, action.observed().outputs().get(Output.ID), TagChanges.of(action));
    return action.observed().outputs();
  }

  @Override
  public void delete(Owner owner, ObservedResource observed) {
    SecurityGroupRule rule = (SecurityGroupRule) observed.actual();
    try {
      ec2.revokeSecurityGroupIngress(
          request ->
              request
                  .groupId(rule.groupId().toString())
                  .securityGroupRuleIds(observed.outputs().get(Output.ID)));
    } catch (Ec2Exception failure) {
      if (!GONE.contains(failure.awsErrorDetails().errorCode())) {
        throw failure;
      }
    }
  }

  private static IpPermission permission(SecurityGroupRule wanted) {
    IpPermission.Builder permission =
        IpPermission.builder()
            .ipProtocol(wanted.protocol())
            .fromPort(wanted.fromPort())
            .toPort(wanted.toPort());
    String cidr = wanted.peer().cidr();
    if (cidr == null) {
      permission.userIdGroupPairs(
          UserIdGroupPair.builder()
              .groupId(wanted.peer().groupId().toString())
              .description(wanted.description())
              .build());
    } else if (cidr.contains(":")) {
      permission.ipv6Ranges(
          Ipv6Range.builder().cidrIpv6(cidr).description(wanted.description()).build());
    } else {
      permission.ipRanges(IpRange.builder().cidrIp(cidr).description(wanted.description()).build());
    }
    return permission.build();
  }
}
