package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.ecs.Task.Unhealthy;
import dev.fargate.local.aws.elb.TargetGroups;
import dev.fargate.local.aws.elb.TargetGroups.TargetHealth;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells whether the service scheduler takes a task for healthy (AWS-FACTS 4.4). */
final class TaskHealth {
  enum Verdict {
    PENDING,
    HEALTHY,
    UNHEALTHY
  }

  private final TargetGroups targetGroups;
  private final Duration healthyWithoutCheck;

  TaskHealth(TargetGroups targetGroups, Duration healthyWithoutCheck) {
    this.targetGroups = targetGroups;
    this.healthyWithoutCheck = healthyWithoutCheck;
  }

  /** Once unhealthy a task stays so: its replacement may already be on its way. */
  Verdict of(Task task, Instant now) {
    if (task.unhealthy != null) {
      return Verdict.UNHEALTHY;
    }
    if (task.status != TaskStatus.RUNNING) {
      return Verdict.PENDING;
    }
    Duration running = Duration.between(task.startedAt, now);
    if (running.toSeconds() >= task.service.gracePeriodSeconds) {
      task.unhealthy = failedCheck(task).orElse(null);
      if (task.unhealthy != null) {
        return Verdict.UNHEALTHY;
      }
    }
    boolean healthy =
        task.deployment.revision.hasHealthCheck()
            ? passesAllChecks(task)
            : running.compareTo(healthyWithoutCheck) >= 0;
    return healthy ? Verdict.HEALTHY : Verdict.PENDING;
  }

  private Optional<Unhealthy> failedCheck(Task task) {
    if (task.health() == TaskContainer.Health.UNHEALTHY) {
      return Optional.of(
          new Unhealthy(
              "(task " + task.id + ") failed container health checks.",
              "Task failed container health checks"));
    }
    for (Struct entry : task.deployment.targets) {
      Optional<TargetHealth> health = health(task, entry);
      if (health.isPresent() && health.get().state().equals("unhealthy")) {
        String arn = entry.required("targetGroupArn");
        return Optional.of(
            new Unhealthy(
                "(task "
                    + task.id
                    + ") (port "
                    + port(entry)
                    + ") is unhealthy in (target-group "
                    + arn
                    + ") due to (reason "
                    + health.get().description()
                    + ").",
                "Task failed ELB health checks in (target-group " + arn + ")"));
      }
    }
    return Optional.empty();
  }

  private boolean passesAllChecks(Task task) {
    boolean containers =
        task.containers.stream().noneMatch(c -> c.essential && c.hasHealthCheck)
            || task.health() == TaskContainer.Health.HEALTHY;
    return containers
        && task.deployment.targets.stream()
            .allMatch(
                entry -> health(task, entry).map(h -> h.state().equals("healthy")).orElse(false));
  }

  private Optional<TargetHealth> health(Task task, Struct entry) {
    return targetGroups.health(
        entry.required("targetGroupArn"), task.networkInterface.privateIp(), port(entry));
  }

  private static int port(Struct entry) {
    return entry.integer("containerPort").orElseThrow();
  }
}
