package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.TaskFailure;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.plan.Rollout.Deployment;
import dev.fargate.operator.plan.Rollout.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is behind a rollout that does not get healthy: a task that ended by itself explains more
 * than a target that does not answer, and that more than an attempt to start a task.
 */
final class FirstCause {
  /** A task that crashed longer ago says nothing about a settled service that is short of one. */
  private static final Duration RECENT = Duration.ofMinutes(15);

  private static final Set<Reason> ENDED_BY_ITSELF =
      EnumSet.of(Reason.CONTAINER_EXITED, Reason.OUT_OF_MEMORY);

  /** With these ECS shows that it could start a task again (AWS-FACTS 4.5). */
  private static final List<String> STARTED =
      List.of("has started", "has reached a steady state", "deployment completed");

  private static final List<String> NOT_STARTED =
      List.of("failed to launch a task", "was unable to place a task");

  private final Observed observed;
  private final RolloutHealth.Asked asked;
  private final Instant now;
  private final TaskCauses causes;

  FirstCause(Observed observed, RolloutHealth.Asked asked, Instant now) {
    this.observed = observed;
    this.asked = asked;
    this.now = now;
    this.causes = new TaskCauses(observed, asked.fields());
  }

  /** Of the requested revision; empty when nothing is known to be wrong with it. */
  Optional<Cause> find() {
    Optional<Cause> known = isOver() ? Optional.ofNullable(asked.known()) : Optional.empty();
    Optional<Cause> alarm =
        isOver() ? new AlarmCause(observed).find(asked.known()) : Optional.empty();
    return alarm.or(this::ofTasks).or(() -> known);
  }

  /** Whether ECS has ended the rollout of the requested revision: then it has said why. */
  private boolean isOver() {
    return primary().filter(primary -> !"FAILED".equals(primary.rolloutState())).isEmpty();
  }

  private Optional<Cause> ofTasks() {
    Optional<Cause> failure =
        observed.rollout().failures().stream()
            .filter(f -> asked.taskDefinitionArn().equals(f.taskDefinitionArn()))
            .filter(f -> f.stoppedAt() == null || counts(f.stoppedAt()))
            .findFirst()
            .map(this::told);
    if (failure.filter(cause -> ENDED_BY_ITSELF.contains(cause.reason())).isPresent()) {
      return failure;
    }
    return unhealthyTarget().or(() -> failure).or(this::notStarted).or(this::remembered);
  }

  /** As it was first told: what it was told by may be gone. */
  private Cause told(Rollout.TaskFailure failure) {
    return Failures.told(asked.remembered(), failure.taskArn()).orElseGet(() -> causes.of(failure));
  }

  private Optional<Deployment> primary() {
    return observed.rollout().deployments().stream()
        .findFirst()
        .filter(primary -> primary.taskDefinitionArn().equals(asked.taskDefinitionArn()));
  }

  /** While it is rolled out: what happened since it began. */
  private boolean counts(Instant stopped) {
    Deployment primary = primary().orElse(null);
    if (primary == null) {
      return true;
    }
    boolean settled = "COMPLETED".equals(primary.rolloutState());
    Instant since = settled ? now.minus(RECENT) : primary.createdAt();
    return since == null || !stopped.isBefore(since);
  }

  private Optional<Cause> unhealthyTarget() {
    boolean runs = primary().filter(primary -> primary.running() > 0).isPresent();
    HealthCheckCauses checks = new HealthCheckCauses(observed);
    Optional<Target> unhealthy = runs ? checks.unhealthy() : Optional.empty();
    return unhealthy.map(checks::of);
  }

  /** ECS did not even get a task started, and says so in an event only. */
  private Optional<Cause> notStarted() {
    for (String event : events()) {
      if (STARTED.stream().anyMatch(event::contains)) {
        return Optional.empty();
      }
      if (NOT_STARTED.stream().anyMatch(event::contains)) {
        Cause unknown = Cause.of(Reason.TASKS_FAILING, "ECS cannot start a task.", event);
        return Optional.of(
            causes.said(event, causes.definition(asked.taskDefinitionArn())).orElse(unknown));
      }
    }
    return Optional.empty();
  }

  /** About the requested revision, newest first; once ECS has gone back, from before that. */
  private List<String> events() {
    List<String> events = observed.rollout().events();
    if (primary().isPresent()) {
      return events;
    }
    return observed.rollout().deployments().stream()
        .filter(given -> given.taskDefinitionArn().equals(asked.taskDefinitionArn()))
        .map(given -> "(deployment " + given.id() + ") deployment failed")
        .flatMap(failed -> events.stream().dropWhile(event -> !event.contains(failed)))
        .toList();
  }

  /** ECS forgets a stopped task after an hour (AWS-FACTS 0.10); the status does not. */
  private Optional<Cause> remembered() {
    String revision = RolloutHealth.revision(asked.taskDefinitionArn());
    for (TaskFailure failure : asked.remembered()) {
      if (revision.equals(failure.revision)
          && (failure.time == null || counts(Instant.parse(failure.time)))) {
        return Failures.cause(failure);
      }
    }
    return Optional.empty();
  }
}
