package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Network;
import dev.fargate.api.v1alpha1.environment.Access;
import dev.fargate.api.v1alpha1.environment.FargateEnvironmentStatus;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.stack.build.Place.PublishedListener;
import dev.fargate.operator.stack.build.Place.PublishedLoadBalancer;
import dev.fargate.operator.stack.build.PublishedZones;
import dev.fargate.operator.status.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns what an environment has published into the place that its apps run in. */
final class Places {
  private Places() {}

  /** What an environment has to have published before anything can run in it; null when it has. */
  static Missing missing(FargateEnvironment environment) {
    FargateEnvironmentStatus status = environment.getStatus();
    String name = environment.getMetadata().getName();
    if (environment.getMetadata().getDeletionTimestamp() != null) {
      return new Missing(
          Reason.ENVIRONMENT_NOT_READY, "FargateEnvironment " + name + " is being deleted.");
    }
    if (status == null
        || status.clusterArn == null
        || status.vpcId == null
        || status.subnetIds.isEmpty()) {
      return new Missing(
          Reason.ENVIRONMENT_NOT_READY,
          "FargateEnvironment " + name + " has no cluster and network yet.");
    }
    return null;
  }

  /**
   * Null when the environment admits the namespace; else why not. Its labels cost a request, so
   * they are asked for only by a selector.
   */
  static String refusal(FargateEnvironment environment, String namespace, Related related) {
    Access access = environment.getSpec().access;
    if (access == null || access.namespaces == null) {
      return null;
    }
    String from = access.namespaces.from == null ? "All" : access.namespaces.from;
    boolean admitted =
        switch (from) {
          case "All" -> true;
          case "Names" -> access.namespaces.names.contains(namespace);
          case "Selector" ->
              access.namespaces.selector != null
                  && related
                      .namespaceLabels(namespace)
                      .entrySet()
                      .containsAll(access.namespaces.selector.matchLabels.entrySet());
          default -> false;
        };
    return admitted
        ? null
        : "FargateEnvironment "
            + environment.getMetadata().getName()
            + " does not admit namespace "
            + namespace
            + " (spec.access.namespaces).";
  }

  /**
   * The place with the subnets that an app or database asks for itself. What is wrong with them is
   * added to what is missing.
   *
   * @param network null or without subnets: the environment's
   */
  static Place in(Place place, Network network, Cloud.Lookups lookups, List<Missing> missing) {
    if (network == null || network.subnets == null) {
      return place;
    }
    List<String> subnets =
        SubnetChoice.resolve(
            "spec.network.subnets", network.subnets, place.vpcId(), lookups, missing);
    return subnets.isEmpty() ? place : place.in(subnets);
  }

  static Place of(FargateEnvironment environment) {
    var spec = environment.getSpec();
    FargateEnvironmentStatus status = environment.getStatus();
    Map<String, PublishedLoadBalancer> balancers = new LinkedHashMap<>();
    for (var balancer : status.loadBalancers) {
      if (balancer.arn == null) {
        continue;
      }
      List<PublishedListener> listeners =
          balancer.listeners.stream()
              .filter(listener -> listener.arn != null)
              .map(
                  l ->
                      new PublishedListener(
                          l.port, l.protocol, l.arn, Boolean.TRUE.equals(l.redirects)))
              .toList();
      balancers.put(
          balancer.name,
          new PublishedLoadBalancer(
              balancer.name,
              balancer.arn,
              balancer.dnsName,
              balancer.canonicalHostedZoneId,
              balancer.securityGroupId,
              listeners));
    }
    return new Place(
        environment.getMetadata().getName(),
        spec.region,
        status.accountId,
        status.clusterArn,
        status.clusterName,
        status.namespaceId,
        spec.privateDns == null ? null : spec.privateDns.domain,
        status.vpcId,
        status.subnetIds,
        spec.network.securityGroupIds,
        Boolean.TRUE.equals(spec.network.assignPublicIp),
        balancers,
        status.logGroups.stream()
            .filter(group -> group.logGroupName != null)
            .collect(Collectors.toMap(group -> group.name, group -> group.logGroupName)),
        PublishedZones.of(environment).stream()
            .collect(Collectors.toMap(zone -> zone.domain, zone -> zone.hostedZoneId)),
        spec.defaults);
  }
}
