package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.TaskFailure;
import dev.fargate.operator.plan.Rollout;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The tasks that failed lately, kept in the status when ECS has forgotten them. */
final class Failures {
  /** Enough to see what is going on (API.md). */
  private static final int LIMIT = 10;

  private Failures() {}

  /**
   * What is seen now and what was shown before, newest first. What was told of a task stays: what
   * it was told by, such as ECS's events, goes.
   */
  static List<TaskFailure> of(Look look, List<TaskFailure> before) {
    Map<String, TaskFailure> byTask = new LinkedHashMap<>();
    before.forEach(failure -> byTask.put(failure.taskArn, failure));
    Rollout rollout = look.observed().rollout();
    if (rollout != null) {
      TaskCauses causes = new TaskCauses(look.observed(), look.fields());
      for (Rollout.TaskFailure seen : rollout.failures()) {
        byTask.computeIfAbsent(seen.taskArn(), task -> failure(seen, causes.of(seen)));
      }
    }
    return byTask.values().stream()
        .map(failure -> withLine(failure, look.lastLogLines().get(failure.taskArn)))
        .sorted(
            Comparator.comparing(
                (TaskFailure failure) -> failure.time,
                Comparator.nullsLast(Comparator.<String>reverseOrder())))
        .limit(LIMIT)
        .toList();
  }

  /** What was told of a task; empty when nothing was. */
  static Optional<Cause> told(List<TaskFailure> before, String taskArn) {
    return before.stream()
        .filter(failure -> taskArn.equals(failure.taskArn))
        .findFirst()
        .flatMap(Failures::cause);
  }

  /** As it was told; empty for one of an older version, which told nothing. */
  static Optional<Cause> cause(TaskFailure failure) {
    return Cause.as(failure.cause, failure.message);
  }

  /** The same with another last log line; null takes it away. */
  private static TaskFailure withLine(TaskFailure shown, String line) {
    if (Objects.equals(shown.lastLogLine, line)) {
      return shown;
    }
    TaskFailure failure = new TaskFailure();
    failure.taskArn = shown.taskArn;
    failure.time = shown.time;
    failure.revision = shown.revision;
    failure.cause = shown.cause;
    failure.message = shown.message;
    failure.reason = shown.reason;
    failure.stopCode = shown.stopCode;
    failure.exitCode = shown.exitCode;
    failure.container = shown.container;
    failure.outOfMemory = shown.outOfMemory;
    failure.lastLogLine = line;
    return failure;
  }

  private static TaskFailure failure(Rollout.TaskFailure seen, Cause cause) {
    TaskFailure failure = new TaskFailure();
    failure.taskArn = seen.taskArn();
    failure.time = seen.stoppedAt() == null ? null : SameStatus.time(seen.stoppedAt());
    failure.revision =
        seen.taskDefinitionArn() == null ? null : RolloutHealth.revision(seen.taskDefinitionArn());
    failure.cause = cause.reason().text();
    failure.message = OneLine.of(cause.text());
    failure.reason =
        OneLine.of(seen.containerReason() != null ? seen.containerReason() : seen.stoppedReason());
    failure.stopCode = seen.stopCode();
    failure.exitCode = seen.exitCode();
    failure.container = seen.container();
    failure.outOfMemory = cause.reason() == Reason.OUT_OF_MEMORY ? true : null;
    return failure;
  }
}
