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

  boolean superseded;

  Deployment(String id, String arn, Revision revision, Instant createdAt) {
    this.id = id;
    this.arn = arn;
    this.revision = revision;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
    this.rolloutReason = "ECS deployment " + id + " in progress.";
  }
}
