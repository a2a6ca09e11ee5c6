package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.time.Scheduler;

/** The turns in the life of a deployment: started, completed, failed and rolled back. */
final class Deployments {
  /** AWS keeps 90 days of service deployments; a bound by number serves a laptop better. */
  private static final int HISTORY_KEPT = 100;

  private final Scheduler scheduler;
  private final Ids ids;

  Deployments(Scheduler scheduler, Ids ids) {
    this.scheduler = scheduler;
    this.ids = ids;
  }

  /** Makes a new PRIMARY; what was PRIMARY is ACTIVE until its tasks are gone. */
  void start(Service service, Revision revision) {
    String arn =
        service.arns.serviceDeployment(service.cluster.name, service.name, ids.serviceDeployment());
    Deployment deployment = new Deployment(ids.deployment(), arn, revision, scheduler.now());
    if (!service.deployments.isEmpty()) {
      Deployment previous = service.primary();
      supersede(previous);
      deployment.source = previous;
    }
    service.deployments.add(0, deployment);
    service.history.add(0, deployment);
    if (service.history.size() > HISTORY_KEPT) {
      service.history.remove(service.history.size() - 1);
    }
    service.steady = false;
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
    Deployment failed = service.primary();
    failed.rollout = Deployment.Rollout.FAILED;
    failed.rolloutReason = "ECS deployment circuit breaker: tasks failed to start.";
    failed.updatedAt = scheduler.now();
    if (failed.rolledBackFrom == null) {
      failed.finishedAt = scheduler.now();
    }
    endRollback(failed, false);
    service.event("(deployment " + failed.id + ") deployment failed: tasks failed to start.");
    Deployment target = service.lastCompleted;
    if (!service.settings.rollback() || target == null || target == failed) {
      return;
    }
    service.lastCompleted = null;
    failed.rolledBackTo = target;
    failed.rollbackStartedAt = scheduler.now();
    failed.finishedAt = null;
    target.rolledBackFrom = failed;
    target.rollout = Deployment.Rollout.IN_PROGRESS;
    target.rolloutReason =
        "ECS deployment circuit breaker: rolling back to deploymentId " + target.id + ".";
    target.failedTasks = 0;
    target.failedStarts = 0;
    target.updatedAt = scheduler.now();
    service.deployments.remove(target);
    service.deployments.add(0, target);
    service.event("rolling back to deployment " + target.id + ".");
  }

  private void supersede(Deployment previous) {
    previous.updatedAt = scheduler.now();
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
