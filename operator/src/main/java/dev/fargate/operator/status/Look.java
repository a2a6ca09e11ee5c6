package dev.fargate.operator.status;

import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.build.Ids;
import java.util.Map;
import java.util.Optional;

/**
 * What one pass saw, for the status.
 *
 * @param requestedTaskDefinition the ARN of the revision the spec asks for; null while not
 *     registered
 * @param digest of what is wanted
 * @param fields where the task's roles and security groups come from
 * @param lastLogLines of failed tasks, by task; empty unless the spec wants them in the status
 * @param imageDigest of the main container in the deployment that {@link #restingDeployment} names;
 *     null when not known
 * @param restore what is to be brought back into a database; null for nothing
 */
public record Look(
    Observed observed,
    Plan plan,
    RolloutHealth health,
    String requestedTaskDefinition,
    String digest,
    TaskFields fields,
    Map<String, String> lastLogLines,
    String imageDigest,
    Restore.Wish restore) {
  public Look {
    lastLogLines = Map.copyOf(lastLogLines);
  }

  /** Whether AWS equals what is wanted; what ECS rolled back does not. */
  public boolean isSynced() {
    return plan.isSettled() && health.verdict() != RolloutHealth.Verdict.ROLLED_BACK;
  }

  /** The deployment that alone runs all tasks, with an image that is known; none in a rollout. */
  public static Optional<Rollout.Deployment> restingDeployment(Rollout rollout) {
    return rollout == null || rollout.deployments().size() != 1
        ? Optional.empty()
        : Optional.of(rollout.deployments().get(0))
            .filter(one -> "COMPLETED".equals(one.rolloutState()) && one.running() > 0)
            .filter(one -> one.image() != null);
  }

  public Optional<ObservedResource> service() {
    return observed.find(Ids.SERVICE).stream().findFirst();
  }

  public boolean has(ResourceId id) {
    return !observed.find(id).isEmpty();
  }
}
