package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Value;
import java.util.Optional;
import java.util.Set;

/**
 * The wanted service as it runs now.
 *
 * @param service null when it does not exist (yet)
 * @param steady one deployment, completed: no old task is left
 */
record Running(Service service, Rollout rollout, boolean steady, Observed observed) {
  static final String ROLLOUT = "the rollout of the service to complete";

  static Running of(Matches matches, Observed observed) {
    Service service = matches.runningService().orElse(null);
    Rollout rollout = observed.rollout();
    boolean steady =
        service != null
            && rollout != null
            && rollout.deployments().size() == 1
            && "COMPLETED".equals(rollout.deployments().get(0).rolloutState());
    return new Running(service, rollout, steady, observed);
  }

  boolean exists() {
    return service != null;
  }

  /** Whether ECS registers its tasks with this target group. */
  boolean serves(String targetGroupArn) {
    return target(targetGroupArn).isPresent();
  }

  /** How its tasks are registered with this target group, as if it were the only one. */
  Optional<Service.Target> target(String targetGroupArn) {
    return exists()
        ? service.loadBalancers().stream()
            .filter(target -> registered(target).contains(targetGroupArn))
            .map(target -> plain(target, targetGroupArn))
            .findFirst()
        : Optional.empty();
  }

  /** At rest the tasks are where the traffic is; while it is shifted, in both groups. */
  private Set<String> registered(Service.Target target) {
    return steady ? Traffic.serving(target, observed) : Traffic.groups(target);
  }

  private static Service.Target plain(Service.Target target, String targetGroupArn) {
    return new Service.Target(
        Value.known(targetGroupArn), target.containerName(), target.containerPort());
  }

  /** Whether at least one target of the group answers; false where health was not read. */
  boolean healthy(String targetGroupArn) {
    return rollout != null
        && rollout.targets().stream()
            .anyMatch(
                target ->
                    target.targetGroupArn().equals(targetGroupArn)
                        && "healthy".equals(target.state()));
  }
}
