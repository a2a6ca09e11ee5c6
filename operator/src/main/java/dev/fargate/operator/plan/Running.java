package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Service;
import java.util.Optional;

/**
 * The wanted service as it runs now.
 *
 * @param service null when it does not exist (yet)
 * @param steady one deployment, completed: no old task is left
 */
record Running(Service service, Rollout rollout, boolean steady) {
  static final String ROLLOUT = "the rollout of the service to complete";

  static Running of(Matches matches, Observed observed) {
    Service service = matches.runningService().orElse(null);
    Rollout rollout = observed.rollout();
    boolean steady =
        service != null
            && rollout != null
            && rollout.deployments().size() == 1
            && "COMPLETED".equals(rollout.deployments().get(0).rolloutState());
    return new Running(service, rollout, steady);
  }

  boolean exists() {
    return service != null;
  }

  /** Whether ECS registers its tasks with this target group. */
  boolean serves(String targetGroupArn) {
    return target(targetGroupArn).isPresent();
  }

  Optional<Service.Target> target(String targetGroupArn) {
    return exists()
        ? service.loadBalancers().stream()
            .filter(target -> target.targetGroupArn().toString().equals(targetGroupArn))
            .findFirst()
        : Optional.empty();
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
