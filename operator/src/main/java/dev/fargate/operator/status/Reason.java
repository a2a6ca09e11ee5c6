package dev.fargate.operator.status;

/**
 * Why a condition is as it is: a closed list, each with a sentence. The same names appear in
 * conditions, Events, logs and metrics.
 */
public enum Reason {
  AVAILABLE("Available", "The requested revision serves and everything is in place."),
  SCALED_TO_ZERO("ScaledToZero", "No tasks are wanted, and none run."),
  ROLLING_OUT("RollingOut", "The requested revision is being rolled out."),
  CREATING("Creating", "AWS resources are being made or changed."),
  DELETING("Deleting", "AWS resources are being removed."),
  DRAINING("Draining", "AWS is finishing with what was removed."),
  ROLLED_BACK("RolledBack", "ECS gave up on the requested revision and went back to an older one."),
  ROLLOUT_FAILED(
      "RolloutFailed", "ECS gave up on the requested revision; there was none to go back to."),
  PROGRESS_DEADLINE_EXCEEDED(
      "ProgressDeadlineExceeded",
      "The requested revision did not become healthy in the time given."),
  TASKS_FAILING("TasksFailing", "Tasks of the requested revision stop or do not become healthy."),
  INVALID_SPEC("InvalidSpec", "The spec cannot be carried out as it is."),
  ENVIRONMENT_MISSING("EnvironmentMissing", "There is no FargateEnvironment of that name."),
  ENVIRONMENT_NOT_READY("EnvironmentNotReady", "The FargateEnvironment has not everything yet."),
  ACCESS_NOT_ALLOWED(
      "AccessNotAllowed", "The FargateEnvironment does not admit this namespace or value."),
  REFERENCE_MISSING("ReferenceMissing", "Something that the spec refers to does not exist yet."),
  RESOLVED("Resolved", "Everything that the spec refers to exists."),
  CONFLICT("Conflict", "Something that somebody else owns stands in the way."),
  NO_CONFLICT("NoConflict", "Nothing of others stands in the way."),
  ACCESS_DENIED("AccessDenied", "AWS denies the operator a call."),
  INVALID_REQUEST("InvalidRequest", "AWS refuses a request; only a change of the spec helps."),
  QUOTA_EXCEEDED("QuotaExceeded", "An AWS quota is used up."),
  AWS_UNAVAILABLE("AwsUnavailable", "AWS throttles or fails; the operator tries again."),
  NOT_OBSERVED("NotObserved", "AWS has not been read yet."),
  OBSERVATION_STALE("ObservationStale", "AWS could not be read for a while."),
  SYNCED("Synced", "AWS equals the spec."),
  PLAN_PENDING("PlanPending", "There are changes still to be made."),
  PLAN_CHANGED("PlanChanged", "There is something to do that was not approved."),
  PAUSED("Paused", "mode is Paused: nothing is written to AWS."),
  HEALTHY("Healthy", "All targets are healthy."),
  UNHEALTHY_TARGETS("UnhealthyTargets", "Some targets are not healthy."),
  REGISTERED("Registered", "The private name resolves to the running tasks."),
  SCALING("Scaling", "Autoscaling owns the number of tasks."),
  IN_USE("InUse", "Others still use it.");

  private final String text;
  private final String sentence;

  Reason(String text, String sentence) {
    this.text = text;
    this.sentence = sentence;
  }

  /** The CamelCase word in a condition's {@code reason}. */
  public String text() {
    return text;
  }

  /** One sentence for people; the message where there is nothing more particular to say. */
  public String sentence() {
    return sentence;
  }
}
