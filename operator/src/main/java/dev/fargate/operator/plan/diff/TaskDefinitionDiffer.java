package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.TaskDefinition.Container;
import dev.fargate.operator.stack.TaskDefinition.HealthCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Shows what a new revision changes. Whether there has to be one is decided by the content hash,
 * not here.
 */
final class TaskDefinitionDiffer implements Differ<TaskDefinition> {
  @Override
  public Class<TaskDefinition> type() {
    return TaskDefinition.class;
  }

  @Override
  public void compare(TaskDefinition actual, TaskDefinition wanted, Changes changes) {
    Map<String, Object> before = new LinkedHashMap<>();
    Map<String, Object> after = new LinkedHashMap<>();
    flatten(actual, before);
    flatten(wanted, after);
    // The order of the fields as wanted, then what is gone.
    after.forEach((field, value) -> compare(field, before.get(field), value, changes));
    before.forEach(
        (field, value) -> {
          if (!after.containsKey(field)) {
            compare(field, value, null, changes);
          }
        });
  }

  private static void compare(String field, Object before, Object after, Changes changes) {
    changes.field(field, before, after, Effect.NEW_REVISION);
  }

  private static void flatten(TaskDefinition definition, Map<String, Object> fields) {
    fields.put("cpuUnits", definition.cpuUnits());
    fields.put("memoryMiB", definition.memoryMiB());
    fields.put("architecture", definition.architecture());
    fields.put("ephemeralStorageGiB", definition.ephemeralStorageGiB());
    fields.put("executionRoleArn", definition.executionRoleArn());
    fields.put("taskRoleArn", definition.taskRoleArn());
    for (TaskDefinition.Volume volume : definition.volumes()) {
      String in = "volumes." + volume.name() + ".";
      fields.put(in + "fileSystemId", volume.fileSystemId());
      fields.put(in + "accessPointId", volume.accessPointId());
    }
    definition.containers().forEach(container -> flatten(container, fields));
  }

  private static void flatten(Container container, Map<String, Object> fields) {
    String in = "containers." + container.name() + ".";
    fields.put(in + "image", container.image());
    fields.put(in + "essential", container.essential());
    fields.put(in + "entryPoint", container.entryPoint());
    fields.put(in + "command", container.command());
    fields.put(in + "user", container.user());
    fields.put(in + "workingDirectory", container.workingDirectory());
    fields.put(in + "readOnlyRootFilesystem", container.readOnlyRootFilesystem());
    fields.put(in + "stopTimeoutSeconds", container.stopTimeoutSeconds());
    fields.put(in + "ports", ports(container));
    new TreeMap<>(container.environment())
        .forEach((name, value) -> fields.put(in + "environment." + name, value));
    new TreeMap<>(container.secrets())
        .forEach((name, value) -> fields.put(in + "secrets." + name, value));
    Optional<HealthCheck> check = Optional.ofNullable(container.healthCheck());
    fields.put(in + "healthCheck.command", check.map(HealthCheck::command).orElse(null));
    fields.put(
        in + "healthCheck.intervalSeconds", check.map(HealthCheck::intervalSeconds).orElse(null));
    fields.put(
        in + "healthCheck.timeoutSeconds", check.map(HealthCheck::timeoutSeconds).orElse(null));
    fields.put(in + "healthCheck.retries", check.map(HealthCheck::retries).orElse(null));
    fields.put(
        in + "healthCheck.startPeriodSeconds",
        check.map(HealthCheck::startPeriodSeconds).orElse(null));
    for (TaskDefinition.Mount mount : container.mounts()) {
      fields.put(in + "mounts." + mount.path(), mount.volume() + (mount.readOnly() ? " ro" : ""));
    }
    if (container.logs() != null) {
      fields.put(in + "logs.group", container.logs().group());
      fields.put(in + "logs.region", container.logs().region());
      fields.put(in + "logs.streamPrefix", container.logs().streamPrefix());
    }
  }

  private static List<String> ports(Container container) {
    return container.ports().stream()
        .map(
            port ->
                (port.name() == null ? "" : port.name() + " ")
                    + port.containerPort()
                    + "/"
                    + port.protocol())
        .sorted()
        .toList();
  }
}
