package dev.fargate.operator.aws.ec2;

import dev.fargate.operator.aws.reading.Batches;
import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.SecurityGroupRule;
import dev.fargate.operator.stack.SecurityGroupRule.Peer;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * Every ingress rule of our own groups, whoever made it: what is granted already need not be
 * granted again. We grant nothing in groups of others.
 */
public final class SecurityGroupRuleReader implements Reader {
  /** AWS's largest page. */
  private static final int PAGE = 1000;

  /** AWS takes 200 values per filter; half of it keeps the request short. */
  private static final int FILTER_VALUES = 100;

  private final Ec2Client ec2;
  private final String ownerId;

  public SecurityGroupRuleReader(Ec2Client ec2, String ownerId) {
    this.ec2 = ec2;
    this.ownerId = ownerId;
  }

  @Override
  public Kind kind() {
    return Kind.SECURITY_GROUP_RULE;
  }

  @Override
  public Part sweep(Known known) {
    Set<String> groups = new TreeSet<>();
    known.of(Kind.SECURITY_GROUP).stream()
        .filter(group -> ownerId.equals(group.tags().get(Ownership.OWNER_ID)))
        .forEach(group -> groups.add(group.key()));
    return Part.all(of(groups));
  }

  @Override
  public Part read(Need need) {
    Set<String> groups = new TreeSet<>();
    need.wanted()
        .forEach(
            wanted -> {
              if (((SecurityGroupRule) wanted).groupId() instanceof Value.Known id) {
                groups.add(id.value());
              }
            });
    need.there()
        .forEach(there -> groups.add(((SecurityGroupRule) there.actual()).groupId().toString()));
    return new Part(
        seen -> groups.contains(((SecurityGroupRule) seen.actual()).groupId().toString()),
        of(groups));
  }

  /** Every ingress rule of these groups; of one that is gone none. */
  List<Seen> of(Set<String> groups) {
    List<Seen> found = new ArrayList<>();
    for (List<String> batch : Batches.of(groups, FILTER_VALUES)) {
      found.addAll(describe(Ec2Tags.filter("group-id", batch.toArray(String[]::new))));
    }
    return found;
  }

  private List<Seen> describe(Filter filter) {
    List<Seen> found = new ArrayList<>();
    ec2
        .describeSecurityGroupRulesPaginator(request -> request.filters(filter).maxResults(PAGE))
        .securityGroupRules()
        .stream()
        .filter(rule -> !Boolean.TRUE.equals(rule.isEgress()))
        .forEach(rule -> found.add(seen(rule)));
    return found;
  }

  private static Seen seen(software.amazon.awssdk.services.ec2.model.SecurityGroupRule rule) {
    Map<String, String> tags = Ec2Tags.map(rule.tags());
    String cidr = rule.cidrIpv4() != null ? rule.cidrIpv4() : rule.cidrIpv6();
    String peer = rule.referencedGroupInfo() == null ? null : rule.referencedGroupInfo().groupId();
    return Seen.active(
        rule.securityGroupRuleId(),
        new SecurityGroupRule(
            Seen.id(Kind.SECURITY_GROUP_RULE, tags),
            Value.known(rule.groupId()),
            rule.ipProtocol(),
            rule.fromPort() == null ? -1 : rule.fromPort(),
            rule.toPort() == null ? -1 : rule.toPort(),
            new Peer(peer == null ? null : Value.known(peer), cidr),
            rule.description()),
        Map.of(Output.ID, rule.securityGroupRuleId()),
        tags);
  }
}
