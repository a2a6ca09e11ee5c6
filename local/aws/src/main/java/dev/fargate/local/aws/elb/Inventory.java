package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.AwsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every load balancer, listener, rule and target group, and how they refer to each other. */
final class Inventory {
  final Map<String, Balancer> balancers = new LinkedHashMap<>();
  final Map<String, Listener> listeners = new LinkedHashMap<>();
  final Map<String, Rule> rules = new LinkedHashMap<>();
  final Map<String, Group> groups = new LinkedHashMap<>();
  final Tags tags = new Tags();
  final Arns arns = new Arns();

  Balancer balancer(String arn) {
    return require(balancers, arn, ElbErrors.noLoadBalancer(arn));
  }

  Listener listener(String arn) {
    return require(listeners, arn, ElbErrors.noListener(arn));
  }

  Rule rule(String arn) {
    return require(rules, arn, ElbErrors.noRule(arn));
  }

  Group group(String arn) {
    return require(groups, arn, ElbErrors.noTargetGroup(arn));
  }

  private static <T> T require(Map<String, T> all, String arn, AwsException absent) {
    return Optional.ofNullable(all.get(arn)).orElseThrow(() -> absent);
  }

  List<Listener> listenersOf(Balancer balancer) {
    return listeners.values().stream().filter(each -> each.balancer == balancer).toList();
  }

  /** By priority. */
  List<Rule> rulesOf(Listener listener) {
    return rules.values().stream()
        .filter(rule -> rule.listener == listener)
        .sorted(Comparator.comparingInt(rule -> rule.priority))
        .toList();
  }

  /** The load balancers with a listener that uses the certificate. */
  List<String> usersOf(String certificateArn) {
    return listeners.values().stream()
        .filter(each -> each.security != null)
        .filter(each -> each.security.certificates().contains(certificateArn))
        .map(each -> each.balancer.arn)
        .distinct()
        .toList();
  }

  long rulesOn(Balancer balancer) {
    return rules.values().stream().filter(rule -> rule.listener.balancer == balancer).count();
  }

  /** The load balancer whose listeners or rules name the group. */
  Optional<Balancer> balancerOf(String groupArn) {
    return Stream.concat(
            listeners.values().stream()
                .filter(each -> each.defaultAction.targetGroups().contains(groupArn))
                .map(each -> each.balancer),
            rules.values().stream()
                .filter(rule -> rule.action.targetGroups().contains(groupArn))
                .map(rule -> rule.listener.balancer))
        .findFirst();
  }

  Set<String> groupsOn(Balancer balancer) {
    Set<String> named = new LinkedHashSet<>();
    listenersOf(balancer).forEach(each -> named.addAll(each.defaultAction.targetGroups()));
    rules.values().stream()
        .filter(rule -> rule.listener.balancer == balancer)
        .forEach(rule -> named.addAll(rule.action.targetGroups()));
    return named;
  }

  /** Whether an ARN names something that carries tags; default rules do. */
  void requireTaggable(String arn) {
    if (arn.contains(":loadbalancer/")) {
      balancer(arn);
    } else if (arn.contains(":listener/")) {
      listener(arn);
    } else if (arn.contains(":listener-rule/")) {
      if (listeners.values().stream().noneMatch(each -> each.defaultRuleArn.equals(arn))) {
        rule(arn);
      }
    } else {
      group(arn);
    }
  }

  void remove(Listener listener) {
    for (Rule rule : rulesOf(listener)) {
      remove(rule);
    }
    listeners.remove(listener.arn);
    tags.removeAll(listener.arn);
    tags.removeAll(listener.defaultRuleArn);
  }

  void remove(Rule rule) {
    rules.remove(rule.arn);
    tags.removeAll(rule.arn);
  }

  /** The present state as the value that requests are routed by. */
  RoutingTable routingTable() {
    Map<String, RoutingTable.ListenerRoutes> routes = new LinkedHashMap<>();
    for (Listener listener : listeners.values()) {
      routes.put(listener.arn, routes(listener));
    }
    Map<String, RoutingTable.Pool> pools = new LinkedHashMap<>();
    for (Group group : groups.values()) {
      pools.put(group.arn, pool(group));
    }
    return new RoutingTable(Map.copyOf(routes), Map.copyOf(pools));
  }

  private RoutingTable.ListenerRoutes routes(Listener listener) {
    List<RoutingTable.Route> routes = new ArrayList<>();
    for (Rule rule : rulesOf(listener)) {
      routes.add(new RoutingTable.Route(rule.conditions, rule.action.action()));
    }
    routes.add(new RoutingTable.Route(List.of(), listener.defaultAction.action()));
    Balancer balancer = listener.balancer;
    return new RoutingTable.ListenerRoutes(
        listener.port,
        balancer.active,
        listener.security == null ? null : listener.security.tls(),
        Duration.ofSeconds(balancer.attributes.seconds("idle_timeout.timeout_seconds")),
        List.copyOf(routes));
  }

  private static RoutingTable.Pool pool(Group group) {
    List<RoutingTable.Target> healthy = targets(group, Target.HEALTHY);
    return new RoutingTable.Pool(
        group.arn,
        Arns.lastPart(group.arn),
        healthy.isEmpty() ? targets(group, Target.UNHEALTHY) : healthy);
  }

  private static List<RoutingTable.Target> targets(Group group, String state) {
    return group.targets.values().stream()
        .filter(target -> target.state.equals(state))
        .map(target -> new RoutingTable.Target(target.ip, target.port, target.reachable))
        .toList();
  }
}
