package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.TaskFailure;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.plan.Rollout.Deployment;
import dev.fargate.operator.plan.Rollout.Shift;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.build.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a rollout's numbers mean. A rollback counts as a failure: what matters is whether the
 * requested revision is the one that serves (AWS-FACTS 0.3).
 *
 * @param cause the first cause; null when nothing went wrong
 */
public record RolloutHealth(Verdict verdict, String message, Cause cause) {
  /** How it stands. */
  public enum Verdict {
    /** The requested revision serves, with as many tasks as wanted. */
    HEALTHY,
    /** It serves, but its tasks stop again and again. */
    CRASHING,
    /** ECS has no deployment of the requested revision yet: that is still to be asked for. */
    NOT_STARTED,
    PROGRESSING,
    /** ECS went back to an older revision. */
    ROLLED_BACK,
    /** ECS gave up, with nothing to go back to. */
    FAILED,
    /** Still trying after the progress deadline. */
    DEADLINE_EXCEEDED
  }

  /**
   * What the rollout is judged by.
   *
   * @param taskDefinitionArn the requested one; null while it is not registered
   * @param failedRevisions ARNs of revisions that ECS has given up on
   * @param progressDeadline counted from the deployment's start
   * @param remembered failures in the last status: ECS forgets them after an hour
   * @param known why the requested revision failed, as the last status has it; null when it did not
   */
  public record Asked(
      String taskDefinitionArn,
      Set<String> failedRevisions,
      Duration progressDeadline,
      TaskFields fields,
      List<TaskFailure> remembered,
      Cause known) {}

  /** Judges what ECS and the load balancers report. */
  public static RolloutHealth of(Observed observed, Asked asked, Instant now) {
    Rollout rollout = observed.rollout();
    String requested = asked.taskDefinitionArn();
    if (rollout == null || rollout.deployments().isEmpty()) {
      return new RolloutHealth(Verdict.NOT_STARTED, "The service is being created.", null);
    }
    Deployment primary = rollout.deployments().get(0);
    if (requested == null) {
      return new RolloutHealth(
          Verdict.NOT_STARTED,
          "The requested revision is being registered; "
              + revision(primary.taskDefinitionArn())
              + " serves.",
          null);
    }
    if (!primary.taskDefinitionArn().equals(requested)) {
      return asked.failedRevisions().contains(requested)
          ? rolledBack(observed, asked, primary, now)
          : new RolloutHealth(
              Verdict.NOT_STARTED,
              "Revision " + revision(requested) + " is about to be rolled out.",
              null);
    }
    if ("FAILED".equals(primary.rolloutState())) {
      return because(
          Verdict.FAILED,
          "Revision "
              + revision(requested)
              + " failed, and there is none to go back to. It is not tried again until the spec"
              + " changes.",
          cause(observed, asked, now));
    }
    boolean complete =
        rollout.deployments().size() == 1
            && "COMPLETED".equals(primary.rolloutState())
            && primary.running() == primary.desired()
            && !isFoundUnhealthy(observed, primary);
    if (complete && isOlderThanTheService(observed)) {
      return new RolloutHealth(
          Verdict.NOT_STARTED,
          "The number of tasks has been changed; what came of it has not been read yet.",
          null);
    }
    return complete
        ? new CrashLoop(observed, asked, now)
            .find(primary)
            .map(cause -> crashing(primary, cause))
            .orElseGet(() -> healthy(primary))
        : progressing(observed, asked, primary, now);
  }

  /** An own write is known at once; the rollout only once the service has been read again. */
  private static boolean isOlderThanTheService(Observed observed) {
    return observed.find(Ids.SERVICE).stream()
        .map(resource -> (Service) resource.actual())
        .anyMatch(service -> service.count().desired() != observed.rollout().desired());
  }

  /**
   * ECS calls a deployment complete for good, also while the load balancer finds none of its tasks
   * healthy and ECS ends one after the other.
   */
  private static boolean isFoundUnhealthy(Observed observed, Deployment primary) {
    return primary.desired() > 0
        && !observed.rollout().targets().isEmpty()
        && HealthyTasks.areChecked(observed)
        && HealthyTasks.answering(observed) == 0;
  }

  /**
   * The same, when the planner knows that what the spec asks for was tried and ECS went back, even
   * where the revision is the one that serves: then the network or the load balancers failed.
   */
  public RolloutHealth givenUp() {
    if (verdict == Verdict.ROLLED_BACK || verdict == Verdict.FAILED) {
      return this;
    }
    return because(
        Verdict.ROLLED_BACK,
        "ECS rolled back what the spec asks for now; the earlier settings serve. It is not tried"
            + " again until the spec changes.",
        cause);
  }

  /** Whether the requested revision serves, however well. */
  boolean serves() {
    return verdict == Verdict.HEALTHY || verdict == Verdict.CRASHING;
  }

  /** {@code family:7} of a task definition ARN. */
  public static String revision(String taskDefinitionArn) {
    return taskDefinitionArn.substring(taskDefinitionArn.lastIndexOf('/') + 1);
  }

  private static RolloutHealth healthy(Deployment primary) {
    return new RolloutHealth(
        Verdict.HEALTHY,
        "Revision "
            + revision(primary.taskDefinitionArn())
            + " serves with "
            + primary.running()
            + " of "
            + primary.desired()
            + " tasks.",
        null);
  }

  /** Without numbers of crashes: a status is not written for each. */
  private static RolloutHealth crashing(Deployment primary, Cause cause) {
    return because(
        Verdict.CRASHING,
        "Tasks of revision "
            + revision(primary.taskDefinitionArn())
            + " stop again and again; ECS replaces them.",
        cause);
  }

  private static RolloutHealth progressing(
      Observed observed, Asked asked, Deployment primary, Instant now) {
    StringBuilder progress =
        new StringBuilder()
            .append(HealthyTasks.of(observed))
            .append(" of ")
            .append(primary.desired())
            .append(" tasks of revision ")
            .append(revision(primary.taskDefinitionArn()))
            .append(HealthyTasks.areChecked(observed) ? " are healthy" : " run");
    List<Deployment> deployments = observed.rollout().deployments();
    if (deployments.size() > 1) {
      int old = deployments.stream().skip(1).mapToInt(Deployment::running).sum();
      progress.append(", ").append(old).append(" of older revisions run");
    }
    Shift shift = observed.rollout().shift();
    if (shift != null && shift.stage() != null) {
      progress.append("; ").append(stage(shift, primary));
    }
    boolean bakes = bakes(observed, primary);
    if (bakes) {
      progress.append("; ECS watches the rollback alarms before it calls the rollout done");
    }
    boolean drains = deployments.size() > 1 && !bakes && isAllButDone(observed, primary);
    if (drains) {
      progress.append(
          HealthyTasks.areChecked(observed)
              ? "; the load balancer lets the last requests to older tasks end"
              : "; older tasks are stopping");
    }
    boolean late =
        !bakes
            // The spec says how long the last requests may take.
            && !drains
            && "IN_PROGRESS".equals(primary.rolloutState())
            // Steps and bake times take as long as was asked.
            && (shift == null || shift.stage() != null && !shift.hasTraffic())
            && primary.createdAt() != null
            && primary.createdAt().plus(asked.progressDeadline()).isBefore(now);
    if (late) {
      progress.append(" after ").append(asked.progressDeadline().toSeconds()).append(" s");
    }
    return because(
        late ? Verdict.DEADLINE_EXCEEDED : Verdict.PROGRESSING,
        progress.append('.').toString(),
        cause(observed, asked, now));
  }

  /**
   * Whether only alarms are waited for: as long as they look back, which ECS works out by itself.
   */
  private static boolean bakes(Observed observed, Deployment primary) {
    return !AlarmCause.names(observed).isEmpty() && isAllButDone(observed, primary);
  }

  /** Whether the tasks that are wanted are healthy, and no other one runs. */
  private static boolean isAllButDone(Observed observed, Deployment primary) {
    return observed.rollout().shift() == null
        && "IN_PROGRESS".equals(primary.rolloutState())
        && primary.running() == primary.desired()
        && HealthyTasks.of(observed) == primary.desired()
        && observed.rollout().deployments().stream().skip(1).allMatch(old -> old.running() == 0);
  }

  private static String stage(Shift shift, Deployment primary) {
    String revision = revision(primary.taskDefinitionArn());
    return switch (shift.stage()) {
      case "PRODUCTION_TRAFFIC_SHIFT" -> "the traffic is moving to " + revision;
      case "POST_PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME" ->
          "all traffic goes to "
              + revision
              + ", and the old tasks stay for the bake time in case of a rollback";
      case "CLEAN_UP" -> "all traffic goes to " + revision + ", and the old tasks are stopped";
      default -> "no traffic goes to " + revision + " yet";
    };
  }

  private static RolloutHealth rolledBack(
      Observed observed, Asked asked, Deployment primary, Instant now) {
    return because(
        Verdict.ROLLED_BACK,
        "ECS rolled back: revision "
            + revision(asked.taskDefinitionArn())
            + " failed, "
            + revision(primary.taskDefinitionArn())
            + " serves. It is not tried again until the spec changes.",
        cause(observed, asked, now));
  }

  private static Cause cause(Observed observed, Asked asked, Instant now) {
    return new FirstCause(observed, asked, now).find().orElse(null);
  }

  private static RolloutHealth because(Verdict verdict, String message, Cause cause) {
    return new RolloutHealth(
        verdict, cause == null ? message : message + " " + cause.text(), cause);
  }
}
