package dev.fargate.operator.aws.elb;

import dev.fargate.operator.apply.Cloud.ExistingListener;
import dev.fargate.operator.apply.Cloud.ExistingLoadBalancer;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.stack.Listener;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;

/** Looks at load balancers that others own. */
public final class ExistingLoadBalancers {
  private final ElasticLoadBalancingV2Client elb;
  private final ListenerReader listeners;

  public ExistingLoadBalancers(ElasticLoadBalancingV2Client elb, ListenerReader listeners) {
    this.elb = elb;
    this.listeners = listeners;
  }

  /** With its listeners; empty when there is none of this ARN. */
  public Optional<ExistingLoadBalancer> find(String arn) {
    try {
      LoadBalancer found =
          elb.describeLoadBalancersPaginator(request -> request.loadBalancerArns(arn))
              .loadBalancers()
              .iterator()
              .next();
      return Optional.of(
          new ExistingLoadBalancer(
              found.loadBalancerArn(),
              found.dnsName(),
              found.canonicalHostedZoneId(),
              found.state().codeAsString(),
              found.securityGroups().isEmpty() ? null : found.securityGroups().get(0),
              listeners.of(Set.of(arn)).stream().map(ExistingLoadBalancers::listener).toList()));
    } catch (LoadBalancerNotFoundException none) {
      return Optional.empty();
    }
  }

  private static ExistingListener listener(Seen seen) {
    Listener listener = (Listener) seen.actual();
    return new ExistingListener(
        listener.port(), listener.protocol(), seen.key(), listener.redirectToHttpsPort() != null);
  }
}
