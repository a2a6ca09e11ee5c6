package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.ec2.Network.NetworkInterface;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;

/** A task as DescribeTasks shows it. */
final class TaskDescriber {
  private static final int DEFAULT_STORAGE_GIB = 20;

  private TaskDescriber() {}

  static Struct describe(Task task, boolean withTags) {
    TaskDefinition definition = task.definition();
    TaskOverrides overrides = task.origin.overrides();
    FargateSize size = overrides.size(definition);
    Struct storage =
        overrides
            .storage()
            .or(() -> definition.content.struct("ephemeralStorage"))
            .orElse(Struct.of().with("sizeInGiB", DEFAULT_STORAGE_GIB));
    return Struct.of()
        .with("attachments", List.of(attachment(task)))
        .with("attributes", List.of(attribute(definition)))
        .with("availabilityZone", task.zone)
        .with("capacityProviderName", task.capacityProvider)
        .with("clusterArn", task.cluster.arn)
        .with("connectivity", task.launched ? "CONNECTED" : null)
        .with("connectivityAt", task.pullStartedAt)
        .with("containers", task.containers.stream().map(c -> container(task, c)).toList())
        .with("cpu", Integer.toString(size.cpuUnits()))
        .with("memory", Integer.toString(size.memoryMiB()))
        .with("createdAt", task.createdAt)
        .with("desiredStatus", task.wanted ? "RUNNING" : "STOPPED")
        .with("enableExecuteCommand", task.origin.executeCommand())
        .with("executionStoppedAt", task.executionStoppedAt)
        .with("group", task.origin.group())
        .with("healthStatus", task.health().name())
        .with("lastStatus", task.status.name())
        .with("launchType", "FARGATE")
        .with("overrides", overrides.described(task.definition()))
        .with("platformVersion", "1.4.0")
        .with("platformFamily", "Linux")
        .with("pullStartedAt", task.pullStartedAt)
        .with("pullStoppedAt", task.pullStoppedAt)
        .with("startedAt", task.startedAt)
        .with("startedBy", task.origin.startedBy())
        .with("stopCode", task.stopCode)
        .with("stoppedAt", task.stoppedAt)
        .with("stoppedReason", task.stoppedReason)
        .with("stoppingAt", task.stoppingAt)
        .with("tags", withTags ? Tags.write(task.tags) : List.of())
        .with("taskArn", task.arn)
        .with("taskDefinitionArn", definition.arn)
        .with("version", task.version)
        .with("ephemeralStorage", storage);
  }

  private static Struct attachment(Task task) {
    List<Struct> details = new ArrayList<>();
    details.add(detail("subnetId", task.subnetId));
    NetworkInterface eni = task.networkInterface;
    if (eni != null) {
      details.add(detail("networkInterfaceId", eni.id()));
      details.add(detail("macAddress", eni.macAddress()));
      details.add(detail("privateIPv4Address", eni.privateIp()));
    }
    return Struct.of()
        .with("id", task.attachmentId)
        .with("type", "ElasticNetworkInterface")
        .with("status", task.attachmentStatus)
        .with("details", details);
  }

  private static Struct detail(String name, String value) {
    return Struct.of().with("name", name).with("value", value);
  }

  private static Struct attribute(TaskDefinition definition) {
    String architecture =
        definition
            .content
            .struct("runtimePlatform")
            .flatMap(platform -> platform.string("cpuArchitecture"))
            .orElse("X86_64");
    return Struct.of()
        .with("name", "ecs.cpu-architecture")
        .with("value", architecture.equals("X86_64") ? "x86_64" : "arm64");
  }

  private static Struct container(Task task, TaskContainer container) {
    List<Struct> interfaces =
        task.networkInterface == null
            ? List.of()
            : List.of(
                Struct.of()
                    .with("attachmentId", task.attachmentId)
                    .with("privateIpv4Address", task.networkInterface.privateIp()));
    Struct definition = task.definition().container(container.name).orElseThrow();
    return Struct.of()
        .with("containerArn", container.arn)
        .with("taskArn", task.arn)
        .with("name", container.name)
        .with("image", container.image)
        .with("imageDigest", container.imageDigest)
        .with("runtimeId", task.launched ? container.runtimeId : null)
        .with("lastStatus", container.lastStatus())
        .with("exitCode", container.exitCode)
        .with("reason", container.reason)
        .with("networkBindings", List.of())
        .with("networkInterfaces", interfaces)
        .with("healthStatus", container.health.name())
        .with("cpu", Integer.toString(definition.integer("cpu").orElse(0)))
        .with("memory", definition.integer("memory").map(Object::toString).orElse(null))
        .with(
            "memoryReservation",
            definition.integer("memoryReservation").map(Object::toString).orElse(null));
  }
}
