package dev.fargate.operator.aws.reading;

import dev.fargate.operator.stack.Owner;
import java.util.Set;

/**
 * What one environment's readers look at.
 *
 * @param environment the owner of the shared things
 * @param clusterName its own or the one it refers to
 * @param privateDomain null without private DNS
 * @param existingLoadBalancers ARNs of load balancers that others own
 */
public record Scope(
    Owner environment,
    String region,
    String clusterName,
    String privateDomain,
    Set<String> existingLoadBalancers) {
  public Scope {
    existingLoadBalancers = Set.copyOf(existingLoadBalancers);
  }

  public String ownerId() {
    return environment.ownerId();
  }
}
