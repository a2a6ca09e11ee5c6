package dev.fargate.local.aws.elb;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything a load balancer needs to answer requests, as one value: a request reads one table from
 * beginning to end and takes no lock.
 *
 * @param listeners by ARN
 * @param pools by target group ARN
 */
public record RoutingTable(Map<String, ListenerRoutes> listeners, Map<String, Pool> pools) {

  public static final RoutingTable EMPTY = new RoutingTable(Map.of(), Map.of());

  /**
   * @param active false while the load balancer is provisioning
   * @param tls null for plain HTTP
   * @param idleTimeout how long a client or a target may be silent
   * @param routes in order of priority; the last one is the default and matches everything
   */
  public record ListenerRoutes(
      int port, boolean active, Tls tls, Duration idleTimeout, List<Route> routes) {

    /** The action of the first rule whose conditions all match. */
    public RouteAction choose(RequestLine request) {
      return routes.stream()
          .filter(route -> route.conditions().stream().allMatch(each -> each.matches(request)))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("a listener always has a default rule"))
          .action();
    }
  }

  /**
   * How a listener ends TLS.
   *
   * @param certificateArns the default one first
   * @param protocols the versions its policy allows, for example {@code TLSv1.2}
   */
  public record Tls(List<String> certificateArns, List<String> protocols) {}

  public record Route(List<Condition> conditions, RouteAction action) {}

  /**
   * The targets that may get new requests: the healthy ones; without any, all unhealthy ones, since
   * a load balancer fails open. Draining, unused and initial ones are never among them.
   *
   * @param metricDimension the last part of the group's ARN
   */
  public record Pool(String targetGroupArn, String metricDimension, List<Target> targets) {}

  /**
   * @param reachable whether the security groups let the load balancer through
   */
  public record Target(String ip, int port, boolean reachable) {}
}
