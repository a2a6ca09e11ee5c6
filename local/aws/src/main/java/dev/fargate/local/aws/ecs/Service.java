package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One ECS service: what was asked for, its deployments (PRIMARY first) and its events. */
final class Service {
  enum Status {
    ACTIVE,
    DRAINING,
    INACTIVE
  }

  final String name;
  final String arn;
  final Cluster cluster;
  final Arns arns;
  final Instant createdAt;
  final String createdBy;
  final ServiceEvents events;

  Status status = Status.ACTIVE;
  Instant drainedAt;
  Instant inactiveSince;
  int desiredCount;

  /** PRIMARY first, then the ACTIVE ones that still have tasks, newest first. */
  final List<Deployment> deployments = new ArrayList<>();

  /** Held beside the cluster's tasks, where an hour of stopped ones would slow every look. */
  final List<Task> notStopped = new ArrayList<>();

  /** Every deployment ever, newest first: what ListServiceDeployments shows. */
  final List<Deployment> history = new ArrayList<>();

  /** The newest deployment that completed and was not itself taken up for a rollback since. */
  Deployment lastCompleted;

  DeploymentSettings settings = DeploymentSettings.DEFAULT;
  int gracePeriodSeconds;
  boolean executeCommand;
  boolean managedTags;
  String propagateTags = "NONE";
  String zoneRebalancing = "ENABLED";
  Map<String, String> tags = new LinkedHashMap<>();

  /** To recognise a repeated create: the token and what was asked. */
  String clientToken;

  Struct createRequest;
  boolean steady;
  Instant steadySince;

  Service(String name, Cluster cluster, Arns arns, String createdBy, ServiceEvents events) {
    this.name = name;
    this.arn = arns.service(cluster.name, name);
    this.cluster = cluster;
    this.arns = arns;
    this.createdBy = createdBy;
    this.events = events;
    this.createdAt = events.now();
  }

  Deployment primary() {
    return deployments.get(0);
  }

  Revision revision() {
    return primary().revision;
  }

  boolean deploying() {
    return deployments.size() > 1 || primary().rollout == Deployment.Rollout.IN_PROGRESS;
  }

  /** The tasks of this service that are not STOPPED yet, oldest first. */
  List<Task> tasks() {
    return List.copyOf(notStopped);
  }

  List<Task> tasks(Deployment deployment) {
    return notStopped.stream().filter(task -> task.deployment == deployment).toList();
  }

  void event(String text) {
    events.add("(service " + name + ") " + text);
  }
}
