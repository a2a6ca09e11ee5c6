package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.environment.Defaults;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an app or database runs: what its environment has published in its status. Another custom
 * resource's things are reached only this way (decision 3).
 *
 * @param privateDomain null without private DNS; then {@code namespaceId} is null, too
 * @param subnetIds resolved; never empty
 * @param securityGroupIds given to every task beside its own group
 * @param loadBalancers by the name in the environment
 * @param logGroups shared ones: the name in AWS by the name in the environment
 * @param publicZones id of a hosted zone by its domain
 */
public record Place(
    String environment,
    String region,
    String accountId,
    String clusterArn,
    String clusterName,
    String namespaceId,
    String privateDomain,
    String vpcId,
    List<String> subnetIds,
    List<String> securityGroupIds,
    boolean assignPublicIp,
    Map<String, PublishedLoadBalancer> loadBalancers,
    Map<String, String> logGroups,
    Map<String, String> publicZones,
    Defaults defaults) {

  /**
   * @param canonicalHostedZoneId Route 53's zone of the DNS name; null while it is not known
   * @param securityGroupId the group its traffic comes from
   */
  public record PublishedLoadBalancer(
      String name,
      String arn,
      String dnsName,
      String canonicalHostedZoneId,
      String securityGroupId,
      List<PublishedListener> listeners) {

    /**
     * The listeners an ingress means: the one of its port; by default every HTTPS one, else every
     * HTTP one that does not redirect.
     *
     * @param port null for the default
     */
    public List<PublishedListener> listenersFor(Integer port) {
      if (port != null) {
        return listeners.stream().filter(listener -> listener.port() == port).toList();
      }
      List<PublishedListener> secure =
          listeners.stream().filter(PublishedListener::isSecure).toList();
      return secure.isEmpty()
          ? listeners.stream().filter(listener -> !listener.redirects()).toList()
          : secure;
    }

    /**
     * {@code app/name/id}, as scaling by request count names it (AWS-FACTS 7); a text that stands
     * in for an ARN stays as it is.
     */
    public String arnSuffix() {
      int resource = arn.indexOf("loadbalancer/");
      return resource < 0 ? arn : arn.substring(resource + "loadbalancer/".length());
    }
  }

  /**
   * @param redirects its default action sends to another listener
   */
  public record PublishedListener(int port, String protocol, String arn, boolean redirects) {
    public boolean isSecure() {
      return protocol.equals("HTTPS");
    }
  }

  /** Where alarms are heard that name no topic; null when there is none. */
  public String topicArn() {
    return defaults == null ? null : defaults.topicArn;
  }

  /** The same place, with its tasks in other subnets. */
  public Place in(List<String> subnets) {
    return new Place(
        environment,
        region,
        accountId,
        clusterArn,
        clusterName,
        namespaceId,
        privateDomain,
        vpcId,
        subnets,
        securityGroupIds,
        assignPublicIp,
        loadBalancers,
        logGroups,
        publicZones,
        defaults);
  }

  /**
   * The load balancer an ingress means: the named one, or the only one there is. Empty when there
   * is none of that name, or none was named and there are several.
   */
  public Optional<PublishedLoadBalancer> loadBalancer(String name) {
    if (name != null) {
      return Optional.ofNullable(loadBalancers.get(name));
    }
    return loadBalancers.size() == 1
        ? Optional.of(loadBalancers.values().iterator().next())
        : Optional.empty();
  }
}
