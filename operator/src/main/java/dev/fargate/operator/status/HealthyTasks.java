package dev.fargate.operator.status;

import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.plan.Rollout.Deployment;
import dev.fargate.operator.plan.Rollout.Target;
import dev.fargate.operator.plan.Traffic;
import dev.fargate.operator.stack.Service;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How many tasks of the primary deployment are healthy. ECS counts running tasks by deployment and
 * load balancers count healthy addresses; who of both is whose is not told.
 */
final class HealthyTasks {
  private HealthyTasks() {}

  /** Whether a load balancer checks them: else a running task counts. */
  static boolean areChecked(Observed observed) {
    return groups(observed).findAny().isPresent();
  }

  /** Of the primary deployment; zero without one. */
  static int of(Observed observed) {
    Rollout rollout = observed.rollout();
    if (rollout == null || rollout.deployments().isEmpty()) {
      return 0;
    }
    List<Deployment> deployments = rollout.deployments();
    Deployment primary = deployments.get(0);
    boolean completed = "COMPLETED".equals(primary.rolloutState());
    if (!areChecked(observed) || completed && rollout.targets().isEmpty()) {
      return Math.min(primary.running(), primary.desired());
    }
    int old = deployments.stream().skip(1).mapToInt(Deployment::running).sum();
    int healthy = answering(observed) - old;
    return Math.max(0, Math.min(healthy, Math.min(primary.running(), primary.desired())));
  }

  /** Tasks of any deployment that are healthy in every target group. */
  static int answering(Observed observed) {
    return groups(observed).mapToInt(group -> healthyIn(observed.rollout(), group)).min().orElse(0);
  }

  private static int healthyIn(Rollout rollout, Set<String> groups) {
    return (int)
        rollout.targets().stream()
            .filter(target -> groups.contains(target.targetGroupArn()))
            .filter(target -> "healthy".equals(target.state()))
            .map(Target::ip)
            .distinct()
            .count();
  }

  /** One target group each; where ECS moves traffic, the two that a task may be in. */
  private static Stream<Set<String>> groups(Observed observed) {
    return observed.resources().stream()
        .filter(resource -> resource.actual() instanceof Service)
        .flatMap(resource -> ((Service) resource.actual()).loadBalancers().stream())
        .map(Traffic::groups);
  }
}
