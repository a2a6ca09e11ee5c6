package dev.fargate.operator.status;

import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.plan.Rollout.Deployment;
import dev.fargate.operator.plan.Rollout.Target;
import dev.fargate.operator.plan.Rollout.TaskFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a rollout's numbers mean. A rollback counts as a failure: what matters is whether the
 * requested revision is the one that serves (AWS-FACTS 0.3).
 *
 * @param cause the first cause in plain words; null when nothing went wrong
 */
public record RolloutHealth(Verdict verdict, String message, String cause) {
  /** How it stands. */
  public enum Verdict {
    /** The requested revision serves, with as many tasks as wanted. */
    HEALTHY,
    PROGRESSING,
    /** ECS went back to an older revision. */
    ROLLED_BACK,
    /** ECS gave up, with nothing to go back to. */
    FAILED,
    /** Still trying after the progress deadline. */
    DEADLINE_EXCEEDED
  }

  /**
   * Judges a rollout.
   *
   * @param requested the ARN of the requested task definition; null while it is not registered
   * @param failed ARNs of revisions that ECS has given up on
   * @param progressDeadline counted from the deployment's start
   */
  public static RolloutHealth of(
      Rollout rollout,
      String requested,
      Set<String> failed,
      Duration progressDeadline,
      Instant now) {
    if (rollout == null || rollout.deployments().isEmpty() || requested == null) {
      return new RolloutHealth(Verdict.PROGRESSING, "The service is being created.", null);
    }
    Deployment primary = rollout.deployments().get(0);
    if (!primary.taskDefinitionArn().equals(requested)) {
      return failed.contains(requested)
          ? rolledBack(rollout, primary, requested)
          : new RolloutHealth(
              Verdict.PROGRESSING,
              "Revision " + revision(requested) + " is about to be rolled out.",
              null);
    }
    String cause = cause(rollout, requested).orElse(null);
    if ("FAILED".equals(primary.rolloutState())) {
      String message =
          "Revision " + revision(requested) + " failed, and there is none to go back to.";
      return new RolloutHealth(Verdict.FAILED, withCause(message, cause), cause);
    }
    boolean complete =
        rollout.deployments().size() == 1
            && "COMPLETED".equals(primary.rolloutState())
            && primary.running() >= primary.desired();
    if (complete) {
      return new RolloutHealth(
          Verdict.HEALTHY,
          "Revision "
              + revision(requested)
              + " serves with "
              + primary.running()
              + " of "
              + primary.desired()
              + " tasks.",
          null);
    }
    String progress =
        primary.running()
            + " of "
            + primary.desired()
            + " tasks of revision "
            + revision(requested)
            + " run";
    if (rollout.deployments().size() > 1) {
      int old = rollout.deployments().stream().skip(1).mapToInt(Deployment::running).sum();
      progress += ", " + old + " of older revisions";
    }
    boolean late =
        "IN_PROGRESS".equals(primary.rolloutState())
            && primary.createdAt() != null
            && primary.createdAt().plus(progressDeadline).isBefore(now);
    return new RolloutHealth(
        late ? Verdict.DEADLINE_EXCEEDED : Verdict.PROGRESSING,
        withCause(progress + ".", cause),
        cause);
  }

  /**
   * The same, when the planner knows that what the spec asks for was tried and ECS went back, even
   * where the revision is the one that serves: then the network or the load balancers failed.
   */
  public RolloutHealth givenUp() {
    if (verdict == Verdict.ROLLED_BACK || verdict == Verdict.FAILED) {
      return this;
    }
    return new RolloutHealth(
        Verdict.ROLLED_BACK,
        withCause(
            "ECS rolled back what the spec asks for now; the earlier settings serve. It is not tried"
                + " again until the spec changes.",
            cause),
        cause);
  }

  /** {@code family:7} of a task definition ARN. */
  public static String revision(String taskDefinitionArn) {
    return taskDefinitionArn.substring(taskDefinitionArn.lastIndexOf('/') + 1);
  }

  private static RolloutHealth rolledBack(Rollout rollout, Deployment primary, String requested) {
    String cause = cause(rollout, requested).orElse(null);
    String message =
        "ECS rolled back: revision "
            + revision(requested)
            + " failed, "
            + revision(primary.taskDefinitionArn())
            + " serves. It is not tried again until the spec changes.";
    return new RolloutHealth(Verdict.ROLLED_BACK, withCause(message, cause), cause);
  }

  private static String withCause(String message, String cause) {
    return cause == null ? message : message + " " + cause;
  }

  private static Optional<String> cause(Rollout rollout, String requested) {
    Optional<TaskFailure> failure =
        rollout.failures().stream()
            .filter(f -> requested.equals(f.taskDefinitionArn()))
            .findFirst();
    if (failure.isPresent()) {
      return Optional.of(describe(failure.get()));
    }
    return rollout.targets().stream()
        .filter(target -> target.state().startsWith("unhealthy"))
        .findFirst()
        .map(RolloutHealth::describe);
  }

  /** A stopped task in plain words. */
  public static String describe(TaskFailure failure) {
    StringBuilder text = new StringBuilder("A task stopped: ").append(failure.stoppedReason());
    if (failure.container() != null && failure.exitCode() != null) {
      text.append(" (container ")
          .append(failure.container())
          .append(", exit code ")
          .append(failure.exitCode())
          .append(')');
    }
    if (failure.containerReason() != null
        && !failure.containerReason().equals(failure.stoppedReason())) {
      text.append(": ").append(failure.containerReason());
    }
    return text.append('.').toString();
  }

  private static String describe(Target target) {
    return "Target "
        + target.ip()
        + ":"
        + target.port()
        + " is unhealthy: "
        + (target.description() != null ? target.description() : target.reason())
        + ".";
  }
}
