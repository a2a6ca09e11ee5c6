package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.ec2.Network.NetworkInterface;
import dev.fargate.local.aws.time.Scheduler.Scheduled;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One task, of a service or standalone, from PROVISIONING to an hour after STOPPED. */
final class Task {
  final String id;
  final String arn;
  final Arns arns;
  final Cluster cluster;
  final Revision revision;
  final Origin origin;

  /** Null for a standalone task, as its deployment is. */
  final Service service;

  final Deployment deployment;
  final String subnetId;
  final String zone;

  /** FARGATE or FARGATE_SPOT when a strategy placed it, else null. */
  final String capacityProvider;

  final Instant createdAt;
  Map<String, String> tags = Map.of();
  List<TaskContainer> containers = List.of();

  TaskStatus status = TaskStatus.PROVISIONING;
  boolean wanted = true;
  long version = 1;
  NetworkInterface networkInterface;
  String attachmentId;
  String attachmentStatus = "PRECREATED";
  Instant pullStartedAt;
  Instant pullStoppedAt;
  Instant startedAt;
  Instant stoppingAt;
  Instant executionStoppedAt;
  Instant stoppedAt;
  String stopCode;
  String stoppedReason;
  boolean registered;
  boolean launched;
  boolean wasHealthy;

  /** Why it has to be replaced, once that is decided; null while it is fine. */
  Unhealthy unhealthy;

  /** The one step that is on its way, cancelled when the task has to stop. */
  Scheduled nextStep = () -> {};

  /** A task of a service. */
  Task(String id, Deployment deployment, Service service, Place place, Instant createdAt) {
    this(
        id,
        service.arns,
        service.cluster,
        deployment.revision,
        Origin.of(service, deployment),
        deployment,
        service,
        place,
        createdAt);
  }

  /** A standalone task, which nobody replaces when it has ended. */
  Task(
      String id,
      Arns arns,
      Cluster cluster,
      Revision revision,
      Origin origin,
      Place place,
      Instant createdAt) {
    this(id, arns, cluster, revision, origin, null, null, place, createdAt);
  }

  private Task(
      String id,
      Arns arns,
      Cluster cluster,
      Revision revision,
      Origin origin,
      Deployment deployment,
      Service service,
      Place place,
      Instant createdAt) {
    this.id = id;
    this.arn = arns.task(cluster.name, id);
    this.arns = arns;
    this.cluster = cluster;
    this.revision = revision;
    this.origin = origin;
    this.service = service;
    this.deployment = deployment;
    this.subnetId = place.subnetId();
    this.zone = place.zone();
    this.capacityProvider = place.capacityProvider();
    this.createdAt = createdAt;
  }

  /**
   * What asked for a task.
   *
   * @param startedBy null when nobody said
   */
  record Origin(String group, String startedBy, boolean executeCommand, TaskOverrides overrides) {
    private static Origin of(Service service, Deployment deployment) {
      return new Origin(
          "service:" + service.name, deployment.id, service.executeCommand, TaskOverrides.NONE);
    }
  }

  /** Where a task goes; the provider is null with a launch type. */
  record Place(String subnetId, String zone, String capacityProvider) {}

  /**
   * @param event as the service event says it, after the service name
   * @param stoppedReason as the stopped task says it
   */
  record Unhealthy(String event, String stoppedReason) {}

  boolean standalone() {
    return service == null;
  }

  TaskDefinition definition() {
    return revision.taskDefinition();
  }

  void enter(TaskStatus next) {
    status = next;
    version++;
  }

  TaskContainer container(String name) {
    return containers.stream().filter(c -> c.name.equals(name)).findFirst().orElseThrow();
  }

  /** AWS-FACTS 4.6: any essential UNHEALTHY, else any UNKNOWN, else HEALTHY. */
  TaskContainer.Health health() {
    List<TaskContainer> checked =
        containers.stream().filter(c -> c.essential && c.hasHealthCheck).toList();
    if (checked.stream().anyMatch(c -> c.health == TaskContainer.Health.UNHEALTHY)) {
      return TaskContainer.Health.UNHEALTHY;
    }
    boolean allKnown =
        !checked.isEmpty()
            && checked.stream().allMatch(c -> c.health == TaskContainer.Health.HEALTHY);
    return allKnown ? TaskContainer.Health.HEALTHY : TaskContainer.Health.UNKNOWN;
  }
}
