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
 * @param publicZones ids of the hosted zones that names are made in
 */
public record Scope(
    Owner environment,
    String region,
    String clusterName,
    String privateDomain,
    Set<String> existingLoadBalancers,
    Set<String> publicZones) {
  public Scope {
    existingLoadBalancers = Set.copyOf(existingLoadBalancers);
    publicZones = Set.copyOf(publicZones);
  }

  public String ownerId() {
    return environment.ownerId();
  }
}
