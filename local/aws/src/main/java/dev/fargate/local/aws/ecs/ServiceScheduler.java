package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.ecs.Rollout.Count;
import dev.fargate.local.aws.ecs.TaskHealth.Verdict;
import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at a service now and then and brings its tasks nearer to what is asked for. */
final class ServiceScheduler {
  /** AWS repeats the event of a steady service about every six hours. */
  private static final Duration STEADY_REPEAT = Duration.ofHours(6);

  private final Scheduler scheduler;
  private final TaskHealth health;
  private final Deployments deployments;
  private final ServiceTasks tasks;
  private final ShiftingDeployment shifting;
  private final AlarmWatch alarms;
  private boolean startsBesideStopping;

  ServiceScheduler(
      Scheduler scheduler,
      TaskHealth health,
      Deployments deployments,
      ServiceTasks tasks,
      ShiftingDeployment shifting,
      AlarmWatch alarms) {
    this.scheduler = scheduler;
    this.health = health;
    this.deployments = deployments;
    this.tasks = tasks;
    this.shifting = shifting;
    this.alarms = alarms;
    tasks.onFailure(this::taskFailed);
  }

  /** From now on a task that is stopping makes room at once. */
  void startBesideStopping() {
    startsBesideStopping = true;
  }

  void look(Service service) {
    Map<Task, Verdict> verdicts = assess(service);
    if (gaveUp(service)) {
      // What follows from it is done at the next look, so that a rollback can be seen under way.
      deployments.fail(service);
      return;
    }
    Deployment primary = service.primary();
    if (primary.stopRequested && primary.rollout == Deployment.Rollout.IN_PROGRESS) {
      deployments.stop(service);
      return;
    }
    List<String> raised = alarms.raised(primary);
    if (!raised.isEmpty()) {
      deployments.alarmed(service, raised);
      return;
    }
    if (primary.shifting()) {
      shifting.look(service, verdicts);
      return;
    }
    List<Task> stopping =
        service.tasks().stream().filter(t -> !t.wanted && t.status.containersMayRun()).toList();
    Count mine = ServiceTasks.count(verdicts, task -> task.deployment == primary);
    Count old = ServiceTasks.count(verdicts, task -> task.deployment != primary);
    Rollout.Step step =
        Rollout.of(
                service.desiredCount,
                service.settings,
                mine,
                old,
                startsBesideStopping ? 0 : stopping.size())
            .whenHalted(primary.rollout == Deployment.Rollout.FAILED)
            .next();
    stop(service, verdicts, step);
    tasks.start(service, primary, step.start(), mine.unhealthy());
    reportStuck(service, step);
    boolean oldGone =
        old.total() == 0 && stopping.stream().noneMatch(task -> task.deployment != primary);
    boolean reached =
        mine.healthy() == service.desiredCount && mine.total() == mine.healthy() && oldGone;
    if (reached && alarms.bakes(primary)) {
      // AWS lists the old deployment, and this one in progress, until then.
      return;
    }
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

  private void stop(Service service, Map<Task, Verdict> verdicts, Rollout.Step step) {
    Deployment primary = service.primary();
    List<Task> leaving = new ArrayList<>();
    leaving.addAll(
        ServiceTasks.pick(
            verdicts, t -> t.deployment == primary, Verdict.UNHEALTHY, step.stopUnhealthy()));
    List<Task> surplus = new ArrayList<>();
    surplus.addAll(
        ServiceTasks.pick(
            verdicts, t -> t.deployment == primary, Verdict.PENDING, step.stopSurplus()));
    surplus.addAll(
        ServiceTasks.pick(
            verdicts,
            t -> t.deployment == primary,
            Verdict.HEALTHY,
            step.stopSurplus() - surplus.size()));
    leaving.addAll(surplus);
    if (step.stopOldUnsound() > 0) {
      leaving.addAll(
          ServiceTasks.pick(verdicts, t -> t.deployment != primary, Verdict.PENDING, 1000));
      leaving.addAll(
          ServiceTasks.pick(verdicts, t -> t.deployment != primary, Verdict.UNHEALTHY, 1000));
    }
    leaving.addAll(
        ServiceTasks.pick(
            verdicts, t -> t.deployment != primary, Verdict.HEALTHY, step.stopOldHealthy()));
    tasks.stop(service, leaving);
  }

  /** A deleted service: everything stops. */
  void drain(Service service) {
    tasks.stop(service, service.tasks().stream().filter(task -> task.wanted).toList());
  }
}
