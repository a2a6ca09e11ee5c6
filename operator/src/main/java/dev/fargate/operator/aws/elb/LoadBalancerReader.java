package dev.fargate.operator.aws.elb;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagCache;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.LoadBalancer;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Value;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;

/** All load balancers of the region, whoever owns them: a page holds more than the quota. */
public final class LoadBalancerReader implements Reader {
  /** AWS's largest page (AWS-FACTS 10). */
  private static final int PAGE = 400;

  private final ElasticLoadBalancingV2Client elb;
  private final TagCache tags;

  public LoadBalancerReader(ElasticLoadBalancingV2Client elb, Clock clock) {
    this.elb = elb;
    this.tags = ElbTags.cache(elb, clock);
  }

  @Override
  public Kind kind() {
    return Kind.LOAD_BALANCER;
  }

  @Override
  public Part sweep(Known known) {
    List<software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer> all =
        new ArrayList<>();
    elb.describeLoadBalancersPaginator(request -> request.pageSize(PAGE)).loadBalancers().stream()
        .filter(balancer -> "application".equals(balancer.typeAsString()))
        .forEach(all::add);
    Map<String, Map<String, String>> tagged =
        tags.sweep(all.stream().map(balancer -> balancer.loadBalancerArn()).toList());
    return Part.all(seen(all, tagged));
  }

  @Override
  public Part read(Need need) {
    Set<String> names = new LinkedHashSet<>();
    for (Resource wanted : need.wanted()) {
      names.add(wanted.physicalName());
    }
    for (ObservedResource there : need.there()) {
      names.add(there.actual().physicalName());
    }
    List<software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer> found =
        new ArrayList<>();
    for (String name : names) {
      try {
        // One by one: AWS refuses the whole call when one of the names is unknown.
        elb.describeLoadBalancersPaginator(request -> request.names(name))
            .loadBalancers()
            .forEach(found::add);
      } catch (LoadBalancerNotFoundException none) {
        // Then it is not in the answer.
      }
    }
    found.forEach(balancer -> tags.forget(balancer.loadBalancerArn()));
    return new Part(
        seen -> names.contains(seen.actual().physicalName()),
        seen(found, tags.get(found.stream().map(b -> b.loadBalancerArn()).toList())));
  }

  @Override
  public void forget(String key) {
    tags.forget(key);
  }

  private static List<Seen> seen(
      List<software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer> balancers,
      Map<String, Map<String, String>> tagged) {
    List<Seen> seen = new ArrayList<>();
    for (var balancer : balancers) {
      Map<String, String> tags = tagged.get(balancer.loadBalancerArn());
      // Without tags it went away between the two calls.
      if (tags != null) {
        seen.add(seen(balancer, tags));
      }
    }
    return seen;
  }

  private static Seen seen(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer balancer,
      Map<String, String> tags) {
    String arn = balancer.loadBalancerArn();
    Set<String> subnets = new TreeSet<>();
    balancer.availabilityZones().stream().map(AvailabilityZone::subnetId).forEach(subnets::add);
    return new Seen(
        arn,
        new LoadBalancer(
            Seen.id(Kind.LOAD_BALANCER, tags),
            balancer.loadBalancerName(),
            balancer.typeAsString(),
            balancer.schemeAsString(),
            subnets,
            balancer.securityGroups().stream().map(Value::known).toList()),
        Map.of(
            Output.ARN,
            arn,
            Output.NAME,
            balancer.loadBalancerName(),
            Output.DNS_NAME,
            balancer.dnsName(),
            Output.CANONICAL_HOSTED_ZONE_ID,
            balancer.canonicalHostedZoneId(),
            Output.ARN_SUFFIX,
            ElbTags.suffix(arn)),
        tags,
        lifecycle(balancer.state() == null ? null : balancer.state().code()),
        null,
        null);
  }

  private static Lifecycle lifecycle(LoadBalancerStateEnum state) {
    if (state == LoadBalancerStateEnum.PROVISIONING) {
      return Lifecycle.PENDING;
    }
    // An impaired one serves, with less room to scale.
    return state == LoadBalancerStateEnum.FAILED ? Lifecycle.FAILED : Lifecycle.ACTIVE;
  }
}
