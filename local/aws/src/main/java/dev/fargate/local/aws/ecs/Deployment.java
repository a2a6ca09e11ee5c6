package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.List;

/** One deployment of a service. Its status follows from its place in the service's list. */
final class Deployment {
  /** The lifecycle stages, in their order. */
  enum Stage {
    RECONCILE_SERVICE,
    PRE_SCALE_UP,
    SCALE_UP,
    POST_SCALE_UP,
    TEST_TRAFFIC_SHIFT,
    POST_TEST_TRAFFIC_SHIFT,
    PRODUCTION_TRAFFIC_SHIFT,
    POST_PRODUCTION_TRAFFIC_SHIFT,
    BAKE_TIME,
    CLEAN_UP;

    Stage next() {
      return values()[ordinal() + 1];
    }
  }

  enum Rollout {
    IN_PROGRESS,
    COMPLETED,
    FAILED
  }

  final String id;

  /** Of the service deployment; that of its service revision follows from it. */
  final String arn;

  final Revision revision;

  /** As they were when it began. */
  final DeploymentSettings settings;

  /** Where its tasks are registered: of each pair of target groups the one that is its own. */
  final List<Struct> targets;

  final Instant createdAt;

  /** Where a blue/green, linear or canary deployment stands; null when it is a rolling one. */
  Stage stage;

  Instant stageSince;

  /** The share of the production traffic that has gone to it, in percent. */
  int share;

  /** When it got the first of it; null until then. */
  Instant sharedSince;

  /** The one that has the rest of the traffic until then; null for the first. */
  Deployment blue;

  boolean stopRequested;

  /** Whether its alarms are looked at: none of them was raised when it began. */
  boolean watched;

  /** The alarms that failed it. */
  List<String> triggeredAlarms = List.of();

  /** When it first had all its tasks; null until then. */
  Instant reachedAt;

  boolean reportedRefusal;
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

  Deployment(
      String id,
      String arn,
      Revision revision,
      DeploymentSettings settings,
      List<Struct> targets,
      Instant createdAt) {
    this.id = id;
    this.arn = arn;
    this.revision = revision;
    this.settings = settings;
    this.targets = List.copyOf(targets);
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
    this.rolloutReason = "ECS deployment " + id + " in progress.";
  }

  /** Whether ECS is taking the traffic from another deployment to this one, by weights. */
  boolean shifting() {
    return settings.strategy().shifts()
        && rollout == Rollout.IN_PROGRESS
        && succeededAt == null
        && rolledBackTo == null;
  }

  void enter(Stage next, Instant now) {
    stage = next;
    stageSince = now;
    updatedAt = now;
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
    if (rollout == Rollout.FAILED || superseded) {
      return "STOPPED";
    }
    return stopRequested ? "ROLLBACK_REQUESTED" : "IN_PROGRESS";
  }
}
