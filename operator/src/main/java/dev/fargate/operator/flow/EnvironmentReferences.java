package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Management;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentSpec;
import dev.fargate.api.v1alpha1.environment.LoadBalancer;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Cloud.ExistingLoadBalancer;
import dev.fargate.operator.stack.build.EnvironmentStack;
import dev.fargate.operator.status.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an environment's spec refers to in AWS, looked up.
 *
 * @param subnets of the network; sorted
 * @param balancerSubnets of the load balancers that name their own; by name
 * @param existing load balancers that others own; by name
 * @param clusterArn of a referenced cluster; null when the environment makes its own
 * @param namespaceId of a referenced private DNS namespace; null likewise
 */
record EnvironmentReferences(
    List<String> subnets,
    Map<String, List<String>> balancerSubnets,
    Map<String, ExistingLoadBalancer> existing,
    String clusterArn,
    String namespaceId) {

  /**
   * @param missing what is not there is added; then the result is not to be used
   */
  static EnvironmentReferences resolve(
      FargateEnvironment environment, Cloud.Lookups lookups, List<Missing> missing) {
    FargateEnvironmentSpec spec = environment.getSpec();
    List<String> subnets =
        SubnetChoice.resolve(
            "spec.network.subnets", spec.network.subnets, spec.network.vpcId, lookups, missing);
    Map<String, List<String>> balancerSubnets = new HashMap<>();
    Map<String, ExistingLoadBalancer> existing = new HashMap<>();
    for (LoadBalancer balancer : spec.loadBalancers) {
      String field = "spec.loadBalancers[" + balancer.name + "]";
      if (balancer.existing != null) {
        String arn = balancer.existing.arn;
        lookups
            .loadBalancer(arn)
            .ifPresentOrElse(
                found -> existing.put(balancer.name, found),
                () -> missing.add(gone(field + ".existing.arn", "no load balancer " + arn)));
      } else if (balancer.subnets != null) {
        balancerSubnets.put(
            balancer.name,
            SubnetChoice.resolve(
                field + ".subnets", balancer.subnets, spec.network.vpcId, lookups, missing));
      }
    }
    spec.publicZones.forEach(
        zone ->
            lookups
                .hostedZoneFault(zone.hostedZoneId, zone.domain)
                .ifPresent(
                    fault ->
                        missing.add(
                            gone("spec.publicZones[" + zone.domain + "].hostedZoneId", fault))));
    return new EnvironmentReferences(
        subnets,
        balancerSubnets,
        existing,
        cluster(environment, lookups, missing),
        namespace(spec, lookups, missing));
  }

  private static String cluster(
      FargateEnvironment environment, Cloud.Lookups lookups, List<Missing> missing) {
    var cluster = environment.getSpec().cluster;
    if (cluster == null || !Management.REFERENCE.equals(cluster.management)) {
      return null;
    }
    String name = EnvironmentStack.clusterName(environment);
    Optional<String> arn = lookups.cluster(name);
    if (arn.isEmpty()) {
      missing.add(gone("spec.cluster.name", "no ECS cluster " + name + " that is ACTIVE"));
    }
    return arn.orElse(null);
  }

  private static String namespace(
      FargateEnvironmentSpec spec, Cloud.Lookups lookups, List<Missing> missing) {
    if (spec.privateDns == null || !Management.REFERENCE.equals(spec.privateDns.management)) {
      return null;
    }
    Optional<String> id = lookups.privateDnsNamespace(spec.privateDns.domain, spec.network.vpcId);
    if (id.isEmpty()) {
      missing.add(
          gone(
              "spec.privateDns.domain",
              "no private DNS namespace " + spec.privateDns.domain + " in " + spec.network.vpcId));
    }
    return id.orElse(null);
  }

  private static Missing gone(String field, String what) {
    return new Missing(Reason.REFERENCE_MISSING, field + ": " + what + ".");
  }
}
