package dev.fargate.operator.aws.elb;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.LoadBalancer;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Value;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * AWS returns the existing load balancer to a repeated create with the same settings (AWS-FACTS
 * 6.5), so a lost answer leaves no second one.
 */
public final class LoadBalancerRunner implements Runner {
  private final ElasticLoadBalancingV2Client elb;

  public LoadBalancerRunner(ElasticLoadBalancingV2Client elb) {
    this.elb = elb;
  }

  @Override
  public Kind kind() {
    return Kind.LOAD_BALANCER;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    LoadBalancer wanted = (LoadBalancer) desired;
    var created =
        elb.createLoadBalancer(
                request ->
                    request
                        .name(wanted.name())
                        .type(wanted.type())
                        .scheme(wanted.scheme())
                        .subnets(wanted.subnets())
                        .securityGroups(groups(wanted))
                        .tags(ElbTags.of(tags)))
            .loadBalancers()
            .get(0);
    return Map.of(
        Output.ARN,
        created.loadBalancerArn(),
        Output.NAME,
        created.loadBalancerName(),
        Output.DNS_NAME,
        created.dnsName(),
        Output.CANONICAL_HOSTED_ZONE_ID,
        created.canonicalHostedZoneId(),
        Output.ARN_SUFFIX,
        ElbTags.suffix(created.loadBalancerArn()));
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    LoadBalancer wanted = (LoadBalancer) desired;
    String arn = action.observed().outputs().get(Output.ARN);
    if (action.touches("subnets")) {
      elb.setSubnets(request -> request.loadBalancerArn(arn).subnets(wanted.subnets()));
    }
    if (action.touches("securityGroups")) {
      elb.setSecurityGroups(request -> request.loadBalancerArn(arn).securityGroups(groups(wanted)));
    }
    ElbTags.write(elb, arn, TagChanges.of(action));
    return action.observed().outputs();
  }

  /** Succeeds also for one that is gone (AWS-FACTS 5); its listeners go with it. */
  @Override
  public void delete(Owner owner, ObservedResource observed) {
    elb.deleteLoadBalancer(request -> request.loadBalancerArn(observed.outputs().get(Output.ARN)));
  }

  private static List<String> groups(LoadBalancer wanted) {
    return wanted.securityGroups().stream().map(Value::toString).toList();
  }
}
