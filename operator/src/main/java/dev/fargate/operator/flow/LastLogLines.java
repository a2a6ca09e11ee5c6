package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.TaskFailure;
import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.TaskDefinition.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a failed task said last, for a status whose spec asks for it ({@code logs.inStatus}). A line
 * may hold a secret, so it goes nowhere else: into no condition, Event, log or metric.
 */
final class LastLogLines {
  /** As the schema bounds it. */
  private static final int LIMIT = 512;

  /**
   * The log driver hands lines over within seconds; what has not come by then was never written.
   */
  private static final Duration EXPECTED = Duration.ofMinutes(10);

  /** Colours and cursor movements of terminals, then any other character that is no text. */
  private static final String NO_TEXT = "\u001B\\[[0-9;?]*[A-Za-z]|\\p{Cntrl}+";

  private LastLogLines() {}

  /** By task: what the status shows already, and what is found now. */
  static Map<String, String> of(
      Workload<?> workload, Observed observed, Cloud.Lookups lookups, Instant now) {
    if (workload.logs() == null || !Boolean.TRUE.equals(workload.logs().inStatus)) {
      return Map.of();
    }
    Map<String, String> lines = new HashMap<>();
    List<TaskFailure> shown =
        workload.status() == null ? List.of() : workload.status().recentFailures;
    for (TaskFailure failure : shown) {
      if (failure.lastLogLine != null) {
        lines.put(failure.taskArn, failure.lastLogLine);
      }
    }
    Rollout rollout = observed.rollout();
    List<Rollout.TaskFailure> seen = rollout == null ? List.of() : rollout.failures();
    for (Rollout.TaskFailure failure : seen) {
      if (!lines.containsKey(failure.taskArn()) && mayCome(failure, now)) {
        read(failure, observed, lookups).ifPresent(line -> lines.put(failure.taskArn(), line));
      }
    }
    return lines;
  }

  /** Of a container that ran, and not long ago. */
  private static boolean mayCome(Rollout.TaskFailure failure, Instant now) {
    return failure.exitCode() != null
        && failure.container() != null
        && failure.stoppedAt() != null
        && now.isBefore(failure.stoppedAt().plus(EXPECTED));
  }

  private static Optional<String> read(
      Rollout.TaskFailure failure, Observed observed, Cloud.Lookups lookups) {
    TaskDefinition.Logs logs =
        observed.resources().stream()
            .filter(r -> r.actual() instanceof TaskDefinition)
            .filter(r -> failure.taskDefinitionArn().equals(r.outputs().get(Output.ARN)))
            .flatMap(r -> ((TaskDefinition) r.actual()).containers().stream())
            .filter(container -> container.name().equals(failure.container()))
            .map(Container::logs)
            .filter(driver -> driver != null)
            .findFirst()
            .orElse(null);
    if (logs == null) {
      return Optional.empty();
    }
    String task = failure.taskArn().substring(failure.taskArn().lastIndexOf('/') + 1);
    try {
      return lookups
          .lastLogLine(
              logs.group().toString(), logs.streamPrefix() + "/" + failure.container() + "/" + task)
          .map(LastLogLines::shown)
          .filter(line -> !line.isEmpty());
    } catch (AwsFailure unread) {
      // Whatever passes is tried again at the next look; a missing right is said.
      return unread.errorClass() == ErrorClass.DENIED
          ? Optional.of("(cannot be read: " + unread.code() + " on logs:GetLogEvents)")
          : Optional.empty();
    }
  }

  private static String shown(String line) {
    String text = line.replaceAll(NO_TEXT, " ").strip();
    return text.length() <= LIMIT ? text : text.substring(0, LIMIT);
  }
}
