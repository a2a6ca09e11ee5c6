package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One revision. The content never changes; status and tags do. */
final class TaskDefinition {
  enum Status {
    ACTIVE,
    INACTIVE,
    DELETE_IN_PROGRESS
  }

  final String family;
  final int revision;
  final String arn;

  /** As described: defaults filled in, sizes in units and MiB. */
  final Struct content;

  Status status = Status.ACTIVE;
  Instant deregisteredAt;
  Instant deleteRequestedAt;
  Map<String, String> tags = new LinkedHashMap<>();

  TaskDefinition(String family, int revision, String arn, Struct content) {
    this.family = family;
    this.revision = revision;
    this.arn = arn;
    this.content = content;
  }

  String familyAndRevision() {
    return family + ":" + revision;
  }

  List<Struct> containers() {
    return content.structs("containerDefinitions");
  }

  List<Struct> volumes() {
    return content.structs("volumes");
  }

  Optional<Struct> container(String name) {
    return containers().stream().filter(c -> c.required("name").equals(name)).findFirst();
  }

  int cpuUnits() {
    return Integer.parseInt(content.required("cpu"));
  }

  int memoryMiB() {
    return Integer.parseInt(content.required("memory"));
  }

  Optional<String> executionRole() {
    return content.string("executionRoleArn");
  }

  Optional<String> taskRole() {
    return content.string("taskRoleArn");
  }

  boolean hasContainerHealthCheck() {
    return containers().stream().anyMatch(c -> c.has("healthCheck"));
  }

  Struct describe() {
    return content
        .copy()
        .with("status", status.name())
        .with("deregisteredAt", deregisteredAt)
        .with("deleteRequestedAt", deleteRequestedAt);
  }
}
