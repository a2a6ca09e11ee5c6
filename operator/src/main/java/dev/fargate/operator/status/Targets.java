package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.TargetsStatus;
import dev.fargate.api.v1alpha1.app.UnhealthyTarget;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.plan.Rollout.Target;
import dev.fargate.operator.plan.Traffic;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.build.Ids;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Health of the tasks as the load balancers see it. */
final class Targets {
  /** Enough to see what is wrong (API.md). */
  private static final int PROBLEMS = 10;

  private Targets() {}

  /**
   * Counts by state. Target health is read only in rollouts and failures; a settled rollout, of
   * whatever revision, means that every running task is healthy. Null without an ingress or a
   * service.
   */
  static TargetsStatus of(Look look, List<Ingress> ingresses, TargetsStatus before) {
    Rollout rollout = look.observed().rollout();
    if (ingresses.isEmpty() || rollout == null) {
      return null;
    }
    TargetsStatus status = new TargetsStatus();
    if (rollout.targets().isEmpty() && isSettled(rollout)) {
      status.healthy = rollout.running() * ingresses.size();
      return status;
    }
    if (rollout.targets().isEmpty() && rollout.running() > 0 && before != null) {
      // It has just begun to move and will be read within seconds.
      return before;
    }
    List<Target> targets = serving(look.observed());
    status.healthy = count(targets, "healthy");
    status.unhealthy = count(targets, "unhealthy") + count(targets, "unhealthy.draining");
    status.initial = count(targets, "initial");
    status.draining = count(targets, "draining");
    status.unused = count(targets, "unused");
    status.problems =
        targets.stream()
            .filter(
                target -> target.state().startsWith("unhealthy") || target.state().equals("unused"))
            .limit(PROBLEMS)
            .map(target -> problem(target, look, ingresses))
            .toList();
    return status;
  }

  static void condition(Conditions conditions, TargetsStatus targets, Cause cause) {
    if (targets == null || targets.healthy == null || targets.healthy == 0) {
      conditions.isFalse(
          ConditionType.TARGETS_HEALTHY,
          Reason.UNHEALTHY_TARGETS,
          cause == null ? "No target is healthy yet." : "No target is healthy. " + cause.text());
    } else if (targets.problems.isEmpty()) {
      conditions.isTrue(ConditionType.TARGETS_HEALTHY, Reason.HEALTHY, null);
    } else {
      UnhealthyTarget first = targets.problems.get(0);
      conditions.isFalse(
          ConditionType.TARGETS_HEALTHY,
          Reason.UNHEALTHY_TARGETS,
          cause != null && cause.reason() == Reason.HEALTH_CHECK_FAILED
              ? cause.text()
              : first.target
                  + " is "
                  + first.state
                  + ": "
                  + (first.description != null ? first.description : first.reason)
                  + ".");
    }
  }

  /** Those that requests are sent to: where ECS moves traffic, of the groups that get some. */
  private static List<Target> serving(Observed observed) {
    Set<String> others = new HashSet<>();
    observed.resources().stream()
        .filter(resource -> resource.actual() instanceof Service)
        .flatMap(resource -> ((Service) resource.actual()).loadBalancers().stream())
        .filter(target -> target.shift() != null)
        .forEach(
            target -> {
              others.addAll(Traffic.groups(target));
              others.removeAll(Traffic.serving(target, observed));
            });
    return observed.rollout().targets().stream()
        .filter(target -> !others.contains(target.targetGroupArn()))
        .toList();
  }

  private static boolean isSettled(Rollout rollout) {
    return rollout.deployments().size() == 1
        && "COMPLETED".equals(rollout.deployments().get(0).rolloutState())
        && rollout.running() >= rollout.desired();
  }

  private static int count(List<Target> targets, String state) {
    return (int) targets.stream().filter(target -> target.state().equals(state)).count();
  }

  private static UnhealthyTarget problem(Target target, Look look, List<Ingress> ingresses) {
    UnhealthyTarget problem = new UnhealthyTarget();
    problem.ingress =
        ingresses.stream()
            .filter(ingress -> owns(look, ingress, target.targetGroupArn()))
            .map(ingress -> ingress.name)
            .findFirst()
            .orElse(null);
    problem.target = target.ip() + ":" + target.port();
    problem.state = target.state();
    problem.reason = target.reason();
    problem.description = OneLine.of(target.description());
    return problem;
  }

  private static boolean owns(Look look, Ingress ingress, String targetGroupArn) {
    return Stream.concat(
            look.observed().find(Ids.targetGroup(ingress.name)).stream(),
            look.observed().find(Ids.alternateTargetGroup(ingress.name)).stream())
        .map(ObservedResource::outputs)
        .anyMatch(outputs -> targetGroupArn.equals(outputs.get(Output.ARN)));
  }
}
