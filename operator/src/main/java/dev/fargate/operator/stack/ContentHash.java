package dev.fargate.operator.stack;

import dev.fargate.api.v1alpha1.FieldDefaults;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The identity of a task definition's content, kept as a tag of the revision (decision 5).
 *
 * <p>It covers what user and environment set. A field at its default adds nothing, so neither a new
 * field nor a changed default of an upgraded operator rolls every app. References count by resource
 * id, never by ARN; only the version of a secret counts with its value, so that a changed secret is
 * a new revision.
 */
public final class ContentHash {
  /** 128 bits: revisions never meet by accident. */
  private static final int DIGITS = 32;

  private final StringBuilder text = new StringBuilder();
  private final Resolution resolution;
  private boolean complete = true;

  private ContentHash(Resolution resolution) {
    this.resolution = resolution;
  }

  /**
   * 32 hexadecimal digits; empty while the version of a secret that it refers to is unknown.
   *
   * @param wanted as built from the custom resource, references <em>not</em> resolved
   */
  public static Optional<String> of(TaskDefinition wanted, Resolution resolution) {
    ContentHash hash = new ContentHash(resolution);
    hash.add(wanted);
    return hash.complete
        ? Optional.of(Names.sha256(hash.text.toString()).substring(0, DIGITS))
        : Optional.empty();
  }

  private void add(TaskDefinition definition) {
    add("family", definition.family(), null);
    add("cpu", definition.cpuUnits(), FieldDefaults.CPU);
    add("memory", definition.memoryMiB(), FieldDefaults.MEMORY_MIB);
    add("architecture", definition.architecture(), FieldDefaults.ARCHITECTURE);
    add("ephemeralStorage", definition.ephemeralStorageGiB(), null);
    add("executionRole", definition.executionRoleArn(), null);
    add("taskRole", definition.taskRoleArn(), null);
    definition.containers().forEach(this::add);
    for (TaskDefinition.Volume volume : definition.volumes()) {
      add("volume", volume.name(), null);
      add("fileSystem", reference(volume.fileSystemId()), null);
      add("accessPoint", reference(volume.accessPointId()), null);
    }
  }

  private void add(TaskDefinition.Container container) {
    add("container", container.name(), null);
    add("image", container.image(), null);
    add("essential", container.essential(), true);
    add("entryPoint", container.entryPoint());
    add("command", container.command());
    add("user", container.user(), null);
    add("workingDirectory", container.workingDirectory(), null);
    add("readOnly", container.readOnlyRootFilesystem(), false);
    add("stopTimeout", container.stopTimeoutSeconds(), FieldDefaults.STOP_TIMEOUT_SECONDS);
    container.ports().stream()
        .sorted(
            java.util.Comparator.comparingInt(TaskDefinition.Port::containerPort)
                .thenComparing(TaskDefinition.Port::protocol))
        .forEach(this::add);
    container.environment().forEach((name, value) -> add("env " + name, value, null));
    for (Map.Entry<String, Value> secret : container.secrets().entrySet()) {
      add("secret " + secret.getKey(), reference(secret.getValue()), null);
    }
    for (TaskDefinition.Mount mount : container.mounts()) {
      add("mount", mount.path(), null);
      add("mountVolume", mount.volume(), null);
      add("mountReadOnly", mount.readOnly(), false);
    }
    if (container.healthCheck() != null) {
      add(container.healthCheck());
    }
    if (container.logs() != null) {
      add("logGroup", reference(container.logs().group()), null);
      add("logRegion", container.logs().region(), null);
      add("logPrefix", container.logs().streamPrefix(), null);
    }
  }

  private void add(TaskDefinition.Port port) {
    add("port", port.containerPort(), null);
    add("portName", port.name(), null);
    add("portProtocol", port.protocol(), "tcp");
    add("portAppProtocol", port.appProtocol(), null);
  }

  private void add(TaskDefinition.HealthCheck check) {
    add("health", check.command());
    add("interval", check.intervalSeconds(), FieldDefaults.CONTAINER_HEALTH_INTERVAL_SECONDS);
    add("timeout", check.timeoutSeconds(), FieldDefaults.CONTAINER_HEALTH_TIMEOUT_SECONDS);
    add("retries", check.retries(), FieldDefaults.CONTAINER_HEALTH_RETRIES);
    add(
        "startPeriod",
        check.startPeriodSeconds(),
        FieldDefaults.CONTAINER_HEALTH_START_PERIOD_SECONDS);
  }

  private String reference(Value value) {
    if (value instanceof Value.Ref ref) {
      if (ref.output() == Output.VERSION_ID) {
        Optional<String> version = resolution.get(ref.resource(), ref.output());
        complete &= version.isPresent();
        return version.orElse("");
      }
      return "${" + ref.resource() + "." + ref.output() + "}";
    } else if (value instanceof Value.Joined joined) {
      StringBuilder parts = new StringBuilder();
      joined.parts().forEach(part -> parts.append(reference(part)));
      return parts.toString();
    }
    return value.toString();
  }

  private void add(String key, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      add(key + " " + i, values.get(i), null);
    }
  }

  /** With its length before it, so that no value can pretend to be two. */
  private void add(String key, Object value, Object whenAbsent) {
    if (value == null || value.equals(whenAbsent)) {
      return;
    }
    String written = value.toString();
    text.append(key).append('=').append(written.length()).append(':').append(written).append('\n');
  }
}
