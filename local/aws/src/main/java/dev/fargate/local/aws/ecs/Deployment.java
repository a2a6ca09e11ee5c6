package dev.fargate.local.aws.ecs;

import java.time.Instant;

/** One deployment of a service. Its status follows from its place in the service's list. */
final class Deployment {
  enum Rollout {
    IN_PROGRESS,
    COMPLETED,
    FAILED
  }

  final String id;

  /** Of the service deployment; that of its service revision follows from it. */
  final String arn;

  final Revision revision;
  final Instant createdAt;
  Instant updatedAt;
  Instant finishedAt;
  Rollout rollout = Rollout.IN_PROGRESS;
  String rolloutReason;

  /** Consecutive failures, reset by a task that got healthy. */
  int failedTasks;

  /** Consecutive tasks that never reached RUNNING: what the pause without breaker grows with. */
  int failedStarts;

  Instant pausedUntil = Instant.MIN;
  boolean reportedImpaired;
  boolean reportedStuck;

  /** The deployment that failed and that this one, again PRIMARY, replaces; null normally. */
  Deployment rolledBackFrom;

  /** Set on a failed deployment whose service went back to another one. */
  Deployment rolledBackTo;

  Instant rollbackStartedAt;

  /** How that rollback ended; null while it is under way. */
  Boolean rollbackSucceeded;

  /** When it first completed; a rollback to it does not change that. */
  Instant succeededAt;

  /** What its service ran before, null for the first. */
  Deployment source;

  boolean superseded;

  Deployment(String id, String arn, Revision revision, Instant createdAt) {
    this.id = id;
    this.arn = arn;
    this.revision = revision;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
    this.rolloutReason = "ECS deployment " + id + " in progress.";
  }

  /** One revision per deployment, with an id of its own that tells which. */
  String revisionArn() {
    return arn.replace(":service-deployment/", ":service-revision/");
  }

  /** As DescribeServiceDeployments names it: a rollback belongs to the deployment that failed. */
  String serviceDeploymentStatus() {
    if (succeededAt != null) {
      return "SUCCESSFUL";
    }
    if (rolledBackTo != null) {
      return rollbackSucceeded == null
          ? "ROLLBACK_IN_PROGRESS"
          : rollbackSucceeded ? "ROLLBACK_SUCCESSFUL" : "ROLLBACK_FAILED";
    }
    return rollout == Rollout.FAILED || superseded ? "STOPPED" : "IN_PROGRESS";
  }
}
