package dev.fargate.operator.stack.build;

import static dev.fargate.operator.stack.build.Absent.or;

import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.IngressHealthCheck;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.RulePrecision;
import dev.fargate.operator.stack.TargetGroup;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Each ingress: one target group, and its rules on each of its listeners; where ECS shifts traffic
 * a second target group, and the weights of the rule are ECS's.
 */
final class AppIngresses {
  /** All of a rule's traffic; AWS takes 0..999. */
  private static final int FULL_WEIGHT = 1;

  private AppIngresses() {}

  static List<Resource> build(Owner owner, AppSpecView view) {
    List<Resource> resources = new ArrayList<>();
    for (Ingress ingress : view.spec().ingresses) {
      for (ResourceId group : view.targetGroups(ingress)) {
        resources.add(targetGroup(owner, view, ingress, group));
      }
      resources.addAll(rules(view, ingress));
    }
    return resources;
  }

  /** All rules of an ingress. */
  static List<ListenerRule> rules(AppSpecView view, Ingress ingress) {
    List<ListenerRule.Forward> forwards = forwards(view, ingress);
    List<ListenerRule> rules = new ArrayList<>();
    for (Place.PublishedListener listener : view.listeners(ingress)) {
      rules.addAll(rules(ingress, listener, forwards));
    }
    return rules;
  }

  private static List<ListenerRule.Forward> forwards(AppSpecView view, Ingress ingress) {
    Value group = Value.ref(Ids.targetGroup(ingress.name), Output.ARN);
    if (!view.shiftsTraffic()) {
      return List.of(new ListenerRule.Forward(group, FULL_WEIGHT));
    }
    Value alternate = Value.ref(Ids.alternateTargetGroup(ingress.name), Output.ARN);
    return List.of(
        new ListenerRule.Forward(group, ListenerRule.WEIGHED_BY_ECS),
        new ListenerRule.Forward(alternate, ListenerRule.WEIGHED_BY_ECS));
  }

  /**
   * A listener is a table of rows, by how precisely a host and path say which requests they mean
   * (decision 11). So that none stands in the row of a less precise one, each row has a rule of its
   * own; every rule has a part of the ingress's values, so none has too many.
   */
  private static List<ListenerRule> rules(
      Ingress ingress, Place.PublishedListener listener, List<ListenerRule.Forward> forwards) {
    List<ListenerRule> rules = new ArrayList<>();
    if (ingress.priorityBase != null) {
      ResourceId id = Ids.placedRule(ingress.name, listener.port());
      rules.add(rule(id, ingress, listener, ingress.hosts, ingress.paths, forwards));
      return rules;
    }
    for (List<String> hosts : alike(ingress.hosts, RulePrecision::hostClass)) {
      for (List<String> paths : alike(ingress.paths, RulePrecision::literals)) {
        ResourceId id = Ids.rule(ingress.name, listener.port(), RulePrecision.of(hosts, paths));
        rules.add(rule(id, ingress, listener, hosts, paths, forwards));
      }
    }
    return rules;
  }

  /** The values by what they have in common; without any value one empty list. */
  private static <K extends Comparable<K>> Collection<List<String>> alike(
      List<String> values, Function<String, K> what) {
    return values.isEmpty()
        ? List.of(List.of())
        : values.stream()
            .collect(Collectors.groupingBy(what, TreeMap::new, Collectors.toList()))
            .values();
  }

  private static ListenerRule rule(
      ResourceId id,
      Ingress ingress,
      Place.PublishedListener listener,
      List<String> hosts,
      List<String> paths,
      List<ListenerRule.Forward> forwards) {
    return new ListenerRule(
        id,
        Value.known(listener.arn()),
        null,
        ingress.priorityBase,
        new TreeSet<>(hosts),
        new TreeSet<>(paths),
        new TreeSet<>(ingress.allowedCidrs),
        forwards);
  }

  private static TargetGroup targetGroup(
      Owner owner, AppSpecView view, Ingress ingress, ResourceId id) {
    int port = view.port(ingress);
    String vpc = view.place().vpcId();
    return new TargetGroup(
        id,
        // AWS ties a group to one load balancer for as long as a rule of it forwards there
        // (AWS-FACTS 6.4): on another load balancer it has to be another group.
        Names.compact(owner, id, port, "HTTP", "HTTP1", vpc, view.loadBalancer(ingress).arn()),
        port,
        "HTTP",
        "HTTP1",
        vpc,
        healthCheck(ingress.healthCheck == null ? new IngressHealthCheck() : ingress.healthCheck),
        attributes(ingress));
  }

  private static TargetGroup.HealthCheck healthCheck(IngressHealthCheck check) {
    return new TargetGroup.HealthCheck(
        or(check.protocol, "HTTP"),
        check.port == null ? "traffic-port" : String.valueOf(check.port),
        or(check.path, FieldDefaults.TARGET_HEALTH_PATH),
        or(check.intervalSeconds, FieldDefaults.TARGET_HEALTH_INTERVAL_SECONDS),
        or(check.timeoutSeconds, FieldDefaults.TARGET_HEALTH_TIMEOUT_SECONDS),
        or(check.healthyThreshold, FieldDefaults.TARGET_HEALTHY_THRESHOLD),
        or(check.unhealthyThreshold, FieldDefaults.TARGET_UNHEALTHY_THRESHOLD),
        or(check.successCodes, FieldDefaults.TARGET_SUCCESS_CODES));
  }

  /** The attributes the API has fields for; all others keep AWS's values. */
  private static SortedMap<String, String> attributes(Ingress ingress) {
    SortedMap<String, String> attributes = new TreeMap<>();
    attributes.put(
        "deregistration_delay.timeout_seconds",
        String.valueOf(
            or(ingress.deregistrationDelaySeconds, FieldDefaults.DEREGISTRATION_DELAY_SECONDS)));
    attributes.put("slow_start.duration_seconds", String.valueOf(or(ingress.slowStartSeconds, 0)));
    attributes.put("load_balancing.algorithm.type", or(ingress.algorithm, "round_robin"));
    attributes.put("stickiness.enabled", String.valueOf(ingress.stickiness != null));
    if (ingress.stickiness != null) {
      attributes.put("stickiness.type", "lb_cookie");
      attributes.put(
          "stickiness.lb_cookie.duration_seconds",
          String.valueOf(
              or(ingress.stickiness.durationSeconds, FieldDefaults.STICKINESS_DURATION_SECONDS)));
    }
    return attributes;
  }
}
