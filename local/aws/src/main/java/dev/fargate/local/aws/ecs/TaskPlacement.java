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

/** Makes the next task of a service: where it goes and what it carries. */
final class TaskPlacement {
  private final Network network;
  private final Scheduler scheduler;
  private final Ids ids;
  private final Predicate<String> roleExists;

  TaskPlacement(Network network, Scheduler scheduler, Ids ids, Predicate<String> roleExists) {
    this.network = network;
    this.scheduler = scheduler;
    this.ids = ids;
    this.roleExists = roleExists;
  }

  /** The role of a deployment that ECS cannot assume, if one is gone. */
  Optional<String> missingRole(Deployment deployment) {
    TaskDefinition definition = deployment.revision.taskDefinition();
    return definition
        .executionRole()
        .filter(roleExists.negate())
        .or(() -> definition.taskRole().filter(roleExists.negate()));
  }

  Task create(Service service, Deployment deployment) {
    Task.Place place = place(service, deployment);
    Task task = new Task(ids.task(), deployment, service, place, scheduler.now());
    task.attachmentId = ids.uuid();
    task.tags = tags(service, deployment);
    task.containers =
        deployment.revision.taskDefinition().containers().stream()
            .map(
                definition ->
                    new TaskContainer(
                        definition,
                        service.arns.container(service.cluster.name, task.id, ids.uuid()),
                        task.id + "-" + ids.task().substring(0, 10)))
            .toList();
    service.cluster.tasks.put(task.arn, task);
    service.notStopped.add(task);
    return task;
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
    String provider =
        revision.strategy().isEmpty()
            ? null
            : CapacityStrategy.next(revision.strategy(), byProvider);
    return new Task.Place(subnet, zone(subnet), provider);
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
