package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.time.Scheduler;
import java.util.List;

/** The turns in the life of a deployment: started, completed, failed and rolled back. */
final class Deployments {
  /** AWS keeps 90 days of service deployments; a bound by number serves a laptop better. */
  private static final int HISTORY_KEPT = 100;

  private static final String BREAKER = "ECS deployment circuit breaker: ";

  private final Scheduler scheduler;
  private final Ids ids;
  private final TrafficWeights traffic;
  private final AlarmWatch alarms;

  Deployments(Scheduler scheduler, Ids ids, TrafficWeights traffic, AlarmWatch alarms) {
    this.scheduler = scheduler;
    this.ids = ids;
    this.traffic = traffic;
    this.alarms = alarms;
  }

  /** Makes a new PRIMARY; what was PRIMARY is ACTIVE until its tasks are gone. */
  void start(Service service, Revision revision) {
    String arn =
        service.arns.serviceDeployment(service.cluster.name, service.name, ids.serviceDeployment());
    Deployment previous = service.deployments.isEmpty() ? null : service.primary();
    Deployment blue = serving(previous);
    Deployment deployment =
        new Deployment(
            ids.deployment(),
            arn,
            revision,
            service.settings,
            TrafficWeights.targets(revision, service.settings.strategy(), blue),
            scheduler.now());
    if (previous != null) {
      supersede(service, previous);
      deployment.source = previous;
    }
    if (service.settings.strategy().shifts()) {
      deployment.blue = blue;
      deployment.enter(Deployment.Stage.RECONCILE_SERVICE, scheduler.now());
    }
    alarms.begin(deployment);
    service.deployments.add(0, deployment);
    service.history.add(0, deployment);
    if (service.history.size() > HISTORY_KEPT) {
      service.history.remove(service.history.size() - 1);
    }
    service.steady = false;
  }

  /**
   * Which deployment has the production traffic. One that is superseded while it shifts gives it
   * back to the one before; in CLEAN_UP that one is going, and there is no way back (UNVERIFIED).
   */
  private static Deployment serving(Deployment previous) {
    return previous != null && previous.shifting() && previous.stage != Deployment.Stage.CLEAN_UP
        ? previous.blue
        : previous;
  }

  /** A change of the desired count starts no deployment; an impaired start is tried at once. */
  void scale(Service service, int desired) {
    if (service.desiredCount != desired) {
      service.desiredCount = desired;
      service.steady = false;
      service.primary().updatedAt = scheduler.now();
    }
  }

  void complete(Service service) {
    Deployment primary = service.primary();
    service.deployments.removeIf(deployment -> deployment != primary);
    primary.rollout = Deployment.Rollout.COMPLETED;
    primary.rolloutReason = "ECS deployment " + primary.id + " completed.";
    primary.updatedAt = scheduler.now();
    if (primary.succeededAt == null) {
      primary.succeededAt = scheduler.now();
      primary.finishedAt = scheduler.now();
    }
    endRollback(primary, true);
    service.lastCompleted = primary;
    service.event("(deployment " + primary.id + ") deployment completed.");
  }

  /**
   * Ends the primary deployment as failed and, where that is asked for and possible, makes the
   * newest completed one PRIMARY again. That one is not eligible again until it has completed once
   * more; without one the service stalls (AWS-FACTS 4.4).
   */
  void fail(Service service) {
    fail(service, BREAKER, "tasks failed to start.", service.settings.rollback());
  }

  /** Ends it because these alarms were raised; AWS's words of the event [OBS], of the rest not. */
  void alarmed(Service service, List<String> raised) {
    Deployment primary = service.primary();
    primary.triggeredAlarms = List.copyOf(raised);
    fail(
        service, "ECS deployment alarm: ", "alarm detected.", primary.settings.alarms().rollback());
  }

  /** Ends it because somebody asked for that: then ECS goes back whatever the settings say. */
  void stop(Service service) {
    fail(service, "ECS deployment stopped: ", "a rollback was requested.", true);
  }

  /** Ends a stage that has taken too long. */
  void timeOut(Service service) {
    String stage = service.primary().stage.name();
    fail(service, "ECS deployment timed out: ", "stage " + stage + " took too long.", true);
  }

  private void fail(Service service, String what, String why, boolean rollback) {
    Deployment failed = service.primary();
    failed.rollout = Deployment.Rollout.FAILED;
    failed.rolloutReason = what + why;
    failed.updatedAt = scheduler.now();
    if (failed.rolledBackFrom == null) {
      failed.finishedAt = scheduler.now();
    }
    endRollback(failed, false);
    service.event("(deployment " + failed.id + ") deployment failed: " + why);
    Deployment target = service.lastCompleted;
    if (!rollback || target == null || target == failed) {
      return;
    }
    if (failed.stage != null) {
      // The traffic first: its tasks are all there.
      traffic.giveBack(service, failed, target);
    }
    service.lastCompleted = null;
    failed.rolledBackTo = target;
    failed.rollbackStartedAt = scheduler.now();
    failed.finishedAt = null;
    target.rolledBackFrom = failed;
    target.rollout = Deployment.Rollout.IN_PROGRESS;
    target.rolloutReason = what + "rolling back to deploymentId " + target.id + ".";
    target.failedTasks = 0;
    target.failedStarts = 0;
    target.updatedAt = scheduler.now();
    service.deployments.remove(target);
    service.deployments.add(0, target);
    service.event("rolling back to deployment " + target.id + ".");
  }

  private void supersede(Service service, Deployment previous) {
    previous.updatedAt = scheduler.now();
    if (previous.shifting() && previous.stage == Deployment.Stage.CLEAN_UP) {
      previous.rollout = Deployment.Rollout.COMPLETED;
      previous.succeededAt = scheduler.now();
      service.lastCompleted = previous;
    } else if (previous.shifting() && previous.blue != null) {
      traffic.giveBack(service, previous, previous.blue);
    }
    if (previous.rollout == Deployment.Rollout.IN_PROGRESS) {
      previous.superseded = previous.succeededAt == null;
      previous.finishedAt = scheduler.now();
      endRollback(previous, false);
    }
  }

  private void endRollback(Deployment target, boolean succeeded) {
    Deployment failed = target.rolledBackFrom;
    if (failed != null) {
      failed.rollbackSucceeded = succeeded;
      failed.finishedAt = scheduler.now();
      target.rolledBackFrom = null;
    }
  }

  /** An old deployment is listed while it has tasks; a failed one until the rollback is done. */
  void forgetReplaced(Service service) {
    Deployment primary = service.primary();
    service.deployments.removeIf(
        deployment ->
            deployment != primary
                && deployment.rolledBackTo != primary
                && service.tasks(deployment).isEmpty());
  }
}
