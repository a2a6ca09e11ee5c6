package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a task into target groups and Cloud Map at ACTIVATING and takes it out at DEACTIVATING. */
final class TaskRegistration {
  private final Surroundings surroundings;
  private final Scheduler scheduler;
  private final Timing timing;

  TaskRegistration(Surroundings surroundings, Scheduler scheduler, Timing timing) {
    this.surroundings = surroundings;
    this.scheduler = scheduler;
    this.timing = timing;
  }

  /** Whether there is anything to register at. */
  static boolean wanted(Task task) {
    Revision revision = task.revision;
    return !revision.loadBalancers().isEmpty() || !revision.registries().isEmpty();
  }

  /**
   * @throws AwsException when a target group or the registry refuses, or is gone
   */
  void register(Task task) {
    task.registered = true;
    for (Struct entry : loadBalancers(task)) {
      String arn = entry.required("targetGroupArn");
      surroundings.targetGroups().register(arn, ip(task), port(entry));
      task.service.event("registered 1 targets in (target-group " + arn + ")");
    }
    for (Struct entry : task.revision.registries()) {
      surroundings
          .registry()
          .register(entry.required("registryArn"), task.id, attributes(task, entry));
    }
  }

  /** Starts draining; Cloud Map follows a moment later, or late once the service is deleted. */
  void deregister(Task task) {
    if (!task.registered) {
      return;
    }
    task.registered = false;
    for (Struct entry : loadBalancers(task)) {
      String arn = entry.required("targetGroupArn");
      // A group that was deleted under its service has nothing left to drain.
      if (surroundings.targetGroups().find(arn).isPresent()) {
        surroundings.targetGroups().deregister(arn, ip(task), port(entry));
        task.service.event("deregistered 1 targets in (target-group " + arn + ")");
      }
    }
    if (!loadBalancers(task).isEmpty()) {
      task.service.events.add(
          "(service "
              + task.service.name
              + ", taskSet "
              + task.deployment.id
              + ") has begun draining connections on 1 tasks.");
    }
    boolean deleted = task.service.status != Service.Status.ACTIVE;
    Duration lag = deleted ? timing.registryLagAfterDelete() : timing.registryLag();
    for (Struct entry : task.revision.registries()) {
      String arn = entry.required("registryArn");
      scheduler.after(
          lag,
          "deregister " + task.id + " from Cloud Map",
          () -> surroundings.registry().deregister(arn, task.id));
    }
  }

  /** Whether all its targets are gone from their groups. */
  boolean drained(Task task) {
    return loadBalancers(task).stream()
        .allMatch(
            entry ->
                surroundings
                    .targetGroups()
                    .health(entry.required("targetGroupArn"), ip(task), port(entry))
                    .isEmpty());
  }

  /** Hands the container health on to Cloud Map, as ECS does. */
  void healthChanged(Task task) {
    if (!task.registered || task.health() == TaskContainer.Health.UNKNOWN) {
      return;
    }
    for (Struct entry : task.revision.registries()) {
      surroundings
          .registry()
          .setHealthy(
              entry.required("registryArn"),
              task.id,
              task.health() == TaskContainer.Health.HEALTHY);
    }
  }

  private static Map<String, String> attributes(Task task, Struct entry) {
    Revision revision = task.revision;
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("AWS_INSTANCE_IPV4", ip(task));
    entry
        .integer("port")
        .or(() -> entry.integer("containerPort"))
        .ifPresent(port -> attributes.put("AWS_INSTANCE_PORT", port.toString()));
    boolean mustProveHealth =
        revision.taskDefinition().hasContainerHealthCheck()
            && task.health() != TaskContainer.Health.HEALTHY;
    attributes.put("AWS_INIT_HEALTH_STATUS", mustProveHealth ? "UNHEALTHY" : "HEALTHY");
    attributes.put("AVAILABILITY_ZONE", task.zone);
    attributes.put("REGION", task.service.arns.region());
    attributes.put("ECS_SERVICE_NAME", task.service.name);
    attributes.put("ECS_CLUSTER_NAME", task.service.cluster.name);
    attributes.put("ECS_TASK_DEFINITION_FAMILY", revision.taskDefinition().family);
    return attributes;
  }

  private static List<Struct> loadBalancers(Task task) {
    return task.deployment.targets;
  }

  private static String ip(Task task) {
    return task.networkInterface.privateIp();
  }

  private static int port(Struct entry) {
    return entry.integer("containerPort").orElseThrow();
  }
}
