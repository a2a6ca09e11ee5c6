package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.ec2.Network;
import dev.fargate.local.aws.time.Scheduler;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes the next task: where it goes and what it carries. */
final class TaskPlacement {
  private final Network network;
  private final Scheduler scheduler;
  private final Ids ids;
  private final Predicate<String> roleExists;

  /** Why there is no place for tasks of services; null when there is. */
  private String refusal;

  TaskPlacement(Network network, Scheduler scheduler, Ids ids, Predicate<String> roleExists) {
    this.network = network;
    this.scheduler = scheduler;
    this.ids = ids;
    this.roleExists = roleExists;
  }

  /**
   * @param reason in AWS's words; null: there is room again
   */
  void refuse(String reason) {
    refusal = reason;
  }

  /** Why a service's task is not even made, as its events say it; empty when it is. */
  Optional<String> refusal(TaskDefinition definition) {
    return refusal != null
        ? Optional.of(
            "was unable to place a task. Reason: "
                + refusal
                + ". For more information, see the Troubleshooting section.")
        : missingRole(definition, TaskOverrides.NONE)
            .map(
                role ->
                    "failed to launch a task with (error " + EcsError.cannotAssume(role) + ").");
  }

  /** The role that ECS cannot assume, if one is gone. */
  Optional<String> missingRole(TaskDefinition definition, TaskOverrides overrides) {
    return overrides
        .executionRole()
        .or(definition::executionRole)
        .filter(roleExists.negate())
        .or(() -> overrides.taskRole().or(definition::taskRole).filter(roleExists.negate()));
  }

  Task create(Service service, Deployment deployment) {
    Task.Place place = place(service, deployment);
    Task task = new Task(ids.task(), deployment, service, place, scheduler.now());
    task.tags = tags(service, deployment);
    equip(task);
    service.notStopped.add(task);
    return task;
  }

  /**
   * A standalone task.
   *
   * @param before the tasks that the same call has made before it: they are spread over the subnets
   */
  Task create(
      Arns arns,
      Cluster cluster,
      Revision revision,
      Task.Origin origin,
      Map<String, String> tags,
      List<Task> before) {
    List<String> subnets = revision.network().strings("subnets");
    String subnet = subnets.get(before.size() % subnets.size());
    Map<String, Integer> byProvider = new HashMap<>();
    before.forEach(
        task -> byProvider.merge(String.valueOf(task.capacityProvider), 1, Integer::sum));
    Task.Place place = new Task.Place(subnet, zone(subnet), provider(revision, byProvider));
    Task task = new Task(ids.task(), arns, cluster, revision, origin, place, scheduler.now());
    task.tags = tags;
    equip(task);
    return task;
  }

  private void equip(Task task) {
    task.attachmentId = ids.uuid();
    task.containers =
        task.definition().containers().stream()
            .map(
                definition ->
                    new TaskContainer(
                        definition,
                        task.arns.container(task.cluster.name, task.id, ids.uuid()),
                        task.id + "-" + ids.task().substring(0, 10)))
            .toList();
    task.cluster.tasks.put(task.arn, task);
  }

  private static String provider(Revision revision, Map<String, Integer> running) {
    return revision.strategy().isEmpty()
        ? null
        : CapacityStrategy.next(revision.strategy(), running);
  }

  /** The subnet whose zone has the fewest tasks of the service. */
  private Task.Place place(Service service, Deployment deployment) {
    Revision revision = deployment.revision;
    Map<String, Long> byZone = new HashMap<>();
    Map<String, Integer> byProvider = new HashMap<>();
    for (Task task : service.tasks()) {
      if (task.wanted) {
        byZone.merge(task.zone, 1L, Long::sum);
      }
      // Each deployment is shared out anew: the tasks it replaces say nothing of its shares.
      if (task.wanted && task.deployment == deployment) {
        byProvider.merge(String.valueOf(task.capacityProvider), 1, Integer::sum);
      }
    }
    List<String> subnets = revision.network().strings("subnets");
    String subnet =
        subnets.stream()
            .min(Comparator.comparingLong(id -> byZone.getOrDefault(zone(id), 0L)))
            .orElseThrow();
    return new Task.Place(subnet, zone(subnet), provider(revision, byProvider));
  }

  private String zone(String subnetId) {
    return network.subnet(subnetId).map(Network.Subnet::availabilityZone).orElse("");
  }

  private static Map<String, String> tags(Service service, Deployment deployment) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (service.propagateTags.equals("SERVICE")) {
      tags.putAll(service.tags);
    } else if (service.propagateTags.equals("TASK_DEFINITION")) {
      tags.putAll(deployment.revision.taskDefinition().tags);
    }
    if (service.managedTags) {
      tags.put("aws:ecs:clusterName", service.cluster.name);
      tags.put("aws:ecs:serviceName", service.name);
    }
    return tags;
  }
}
