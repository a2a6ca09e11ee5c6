package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Service.Strategy;
import dev.fargate.operator.stack.Service.Target;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a service is on the way to what is wanted.
 *
 * <p>Where ECS moves traffic between two target groups, other groups are reached by rolling: the
 * tasks join the new group while the one that serves keeps the traffic, the rule moves it, then the
 * old one is left. ECS takes the settings for moving traffic with a rolling deployment, and the
 * strategy itself after that (AWS-FACTS 4.7, and AWS's guide to changing the strategy).
 */
final class ServicePath {
  private final Draft draft;
  private final Service now;
  private final Service actual;

  /**
   * @param now what is wanted, and beside it what must not be left yet
   */
  ServicePath(Draft draft, Service now) {
    this.draft = draft;
    this.now = now;
    this.actual = draft.running.service();
  }

  List<Service> to(Service wanted) {
    if (!wanted.shifts()) {
      return List.of(now, wanted);
    }
    if (actual.shifts() && groups(actual.loadBalancers()).equals(groups(now.loadBalancers()))) {
      return moving(wanted);
    }
    // The settings of now go on to hold while it rolls: its circuit breaker, its percentages.
    Service.Deployment rolling = actual.deployment().with(Strategy.ROLLING);
    List<Service> path = new ArrayList<>();
    if (!now.loadBalancers().equals(wanted.loadBalancers())) {
      path.add(now.with(plain(now.loadBalancers()), rolling));
    }
    path.add(wanted.with(wanted.loadBalancers(), rolling));
    path.add(wanted);
    return path;
  }

  /** One that moves traffic already: a new spec comes at once, another strategy between two. */
  private List<Service> moving(Service wanted) {
    Strategy strategy = actual.deployment().strategy();
    boolean other = !strategy.name().equals(wanted.deployment().strategy().name());
    return other && !draft.running.steady()
        ? List.of(now.with(now.loadBalancers(), wanted.deployment().with(strategy)), wanted)
        : List.of(now, wanted);
  }

  private static List<Target> plain(List<Target> targets) {
    return targets.stream()
        .map(t -> new Target(t.targetGroupArn(), t.containerName(), t.containerPort()))
        .toList();
  }

  /** All target groups. */
  private Set<String> groups(List<Target> targets) {
    Set<String> groups = new HashSet<>();
    for (Target target : targets) {
      groups.add(resolved(target.targetGroupArn()));
      if (target.shift() != null) {
        groups.add(resolved(target.shift().alternateTargetGroupArn()));
      }
    }
    return groups;
  }

  private String resolved(Value value) {
    return draft.matches.resolution().resolve(value).toString();
  }
}
