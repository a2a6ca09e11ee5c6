package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.ecs.Rollout.Count;
import dev.fargate.local.aws.ecs.TaskHealth.Verdict;
import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Looks at a service now and then and brings its tasks nearer to what is asked for. */
final class ServiceScheduler {
  /** AWS repeats the event of a steady service about every six hours. */
  private static final Duration STEADY_REPEAT = Duration.ofHours(6);

  private final Scheduler scheduler;
  private final TaskPlacement placement;
  private final TaskLifecycle lifecycle;
  private final TaskHealth health;
  private final Deployments deployments;
  private final StartBackoff backoff;

  ServiceScheduler(
      Scheduler scheduler,
      TaskPlacement placement,
      TaskLifecycle lifecycle,
      TaskHealth health,
      Deployments deployments,
      StartBackoff backoff) {
    this.scheduler = scheduler;
    this.placement = placement;
    this.lifecycle = lifecycle;
    this.health = health;
    this.deployments = deployments;
    this.backoff = backoff;
    lifecycle.onFailure(this::taskFailed);
  }

  void look(Service service) {
    Map<Task, Verdict> verdicts = assess(service);
    if (gaveUp(service)) {
      // What follows from it is done at the next look, so that a rollback can be seen under way.
      deployments.fail(service);
      return;
    }
    Deployment primary = service.primary();
    List<Task> stopping =
        service.tasks().stream().filter(t -> !t.wanted && t.status.containersMayRun()).toList();
    Count mine = count(verdicts, primary, true);
    Count old = count(verdicts, primary, false);
    Rollout.Step step =
        Rollout.of(service.desiredCount, service.settings, mine, old, stopping.size())
            .whenHalted(primary.rollout == Deployment.Rollout.FAILED)
            .next();
    stop(service, verdicts, step);
    start(service, step.start(), mine.unhealthy());
    reportStuck(service, step);
    boolean oldGone =
        old.total() == 0 && stopping.stream().noneMatch(task -> task.deployment != primary);
    boolean reached =
        mine.healthy() == service.desiredCount && mine.total() == mine.healthy() && oldGone;
    settle(service, reached);
    deployments.forgetReplaced(service);
  }

  private Map<Task, Verdict> assess(Service service) {
    Map<Task, Verdict> verdicts = new LinkedHashMap<>();
    Instant now = scheduler.now();
    for (Task task : service.tasks()) {
      if (!task.wanted) {
        continue;
      }
      boolean knownUnhealthy = task.unhealthy != null;
      Verdict verdict = health.of(task, now);
      verdicts.put(task, verdict);
      if (verdict == Verdict.HEALTHY && !task.wasHealthy) {
        task.wasHealthy = true;
        task.deployment.failedTasks = 0;
      }
      if (verdict == Verdict.UNHEALTHY && !knownUnhealthy && counts(task)) {
        task.deployment.failedTasks++;
      }
    }
    return verdicts;
  }

  /**
   * A task that ends before it was ever healthy counts, also one that ran for a moment: AWS does
   * not take RUNNING alone for a success (containers-roadmap issue 1206).
   */
  private void taskFailed(Task task) {
    if (counts(task) && !task.wasHealthy && task.unhealthy == null) {
      task.deployment.failedTasks++;
    }
    if (task.startedAt == null) {
      backoff.startFailed(task.deployment);
    }
    task.service.steady = false;
  }

  private static boolean counts(Task task) {
    return task.deployment == task.service.primary()
        && task.deployment.rollout == Deployment.Rollout.IN_PROGRESS;
  }

  private static boolean gaveUp(Service service) {
    Deployment primary = service.primary();
    return service.settings.breaker()
        && primary.rollout == Deployment.Rollout.IN_PROGRESS
        && primary.failedTasks >= CircuitBreaker.threshold(service.desiredCount);
  }

  private static Count count(Map<Task, Verdict> verdicts, Deployment primary, boolean ofPrimary) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    verdicts.forEach(
        (task, verdict) -> {
          if ((task.deployment == primary) == ofPrimary) {
            counts.merge(verdict, 1, Integer::sum);
          }
        });
    return new Count(
        counts.getOrDefault(Verdict.HEALTHY, 0),
        counts.getOrDefault(Verdict.PENDING, 0),
        counts.getOrDefault(Verdict.UNHEALTHY, 0));
  }

  private void stop(Service service, Map<Task, Verdict> verdicts, Rollout.Step step) {
    Deployment primary = service.primary();
    List<Task> leaving = new ArrayList<>();
    leaving.addAll(
        pick(verdicts, t -> t.deployment == primary, Verdict.UNHEALTHY, step.stopUnhealthy()));
    List<Task> surplus = new ArrayList<>();
    surplus.addAll(
        pick(verdicts, t -> t.deployment == primary, Verdict.PENDING, step.stopSurplus()));
    surplus.addAll(
        pick(
            verdicts,
            t -> t.deployment == primary,
            Verdict.HEALTHY,
            step.stopSurplus() - surplus.size()));
    leaving.addAll(surplus);
    if (step.stopOldUnsound() > 0) {
      leaving.addAll(pick(verdicts, t -> t.deployment != primary, Verdict.PENDING, 1000));
      leaving.addAll(pick(verdicts, t -> t.deployment != primary, Verdict.UNHEALTHY, 1000));
    }
    leaving.addAll(
        pick(verdicts, t -> t.deployment != primary, Verdict.HEALTHY, step.stopOldHealthy()));
    stop(service, leaving);
  }

  private void stop(Service service, List<Task> leaving) {
    if (leaving.isEmpty()) {
      return;
    }
    service.steady = false;
    for (Task task : leaving) {
      if (task.unhealthy != null) {
        service.event(task.unhealthy.event());
        lifecycle.stop(task, "ServiceSchedulerInitiated", task.unhealthy.stoppedReason());
      } else {
        lifecycle.stop(
            task,
            "ServiceSchedulerInitiated",
            "Scaling activity initiated by (deployment " + service.primary().id + ")");
      }
    }
    service.event("has stopped " + leaving.size() + " running tasks: " + named(leaving) + ".");
  }

  /** Those of the fullest zone first, then the newest, so that zones stay balanced. */
  private static List<Task> pick(
      Map<Task, Verdict> verdicts, Predicate<Task> which, Verdict verdict, int howMany) {
    if (howMany <= 0) {
      return List.of();
    }
    Map<String, Long> byZone =
        verdicts.keySet().stream()
            .collect(Collectors.groupingBy(t -> t.zone, Collectors.counting()));
    return verdicts.entrySet().stream()
        .filter(entry -> entry.getValue() == verdict && which.test(entry.getKey()))
        .map(Map.Entry::getKey)
        .sorted(
            Comparator.comparingLong((Task task) -> -byZone.get(task.zone))
                .thenComparing(task -> task.createdAt, Comparator.reverseOrder()))
        .limit(howMany)
        .toList();
  }

  private void start(Service service, int wanted, int unhealthy) {
    if (wanted == 0 || backoff.pauses(service)) {
      return;
    }
    String missingRole = placement.missingRole(service).orElse(null);
    if (missingRole != null) {
      service.event(
          "failed to launch a task with (error ECS was unable to assume the role '"
              + missingRole
              + "' that was provided for this task. Please verify that the role being passed has"
              + " the proper trust relationship and permissions and that your IAM user has"
              + " permissions to pass this role.).");
      service.primary().failedTasks++;
      backoff.startFailed(service.primary());
      return;
    }
    service.steady = false;
    List<Task> started = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      Task task = placement.create(service);
      lifecycle.begin(task);
      started.add(task);
    }
    int replaced = Math.min(unhealthy, wanted);
    service.event(
        "has started "
            + wanted
            + " tasks: "
            + named(started)
            + "."
            + (replaced == 0
                ? ""
                : " Amazon ECS replaced " + replaced + " tasks due to an unhealthy status."));
  }

  private static void reportStuck(Service service, Rollout.Step step) {
    Deployment primary = service.primary();
    if (step.stuck() && !primary.reportedStuck) {
      service.event(
          "was unable to stop or start tasks during a deployment because of the service deployment"
              + " configuration. Update the minimumHealthyPercent or maximumPercent value and try"
              + " again.");
    }
    primary.reportedStuck = step.stuck();
  }

  private void settle(Service service, boolean reached) {
    if (!reached) {
      service.steady = false;
      return;
    }
    if (service.primary().rollout == Deployment.Rollout.IN_PROGRESS) {
      deployments.complete(service);
    }
    Instant now = scheduler.now();
    if (!service.steady || !now.isBefore(service.steadySince.plus(STEADY_REPEAT))) {
      service.event("has reached a steady state.");
      service.steady = true;
      service.steadySince = now;
    }
  }

  /** A deleted service: everything stops. */
  void drain(Service service) {
    stop(service, service.tasks().stream().filter(task -> task.wanted).toList());
  }

  private static String named(List<Task> tasks) {
    return tasks.stream().map(task -> "(task " + task.id + ")").collect(Collectors.joining(" "));
  }
}
