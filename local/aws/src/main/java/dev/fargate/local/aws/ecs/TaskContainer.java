package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;

/** One container of a task. */
final class TaskContainer {
  enum Health {
    UNKNOWN,
    HEALTHY,
    UNHEALTHY
  }

  final String name;
  final String image;
  final String arn;
  final String runtimeId;
  final boolean essential;
  final boolean hasHealthCheck;
  boolean started;
  boolean ended;
  String imageDigest;
  Integer exitCode;
  String reason;
  Health health = Health.UNKNOWN;

  TaskContainer(Struct definition, String arn, String runtimeId) {
    this.name = definition.required("name");
    this.image = definition.required("image");
    this.essential = definition.bool("essential").orElse(true);
    this.hasHealthCheck = definition.has("healthCheck");
    this.arn = arn;
    this.runtimeId = runtimeId;
  }

  String lastStatus() {
    return ended ? "STOPPED" : started ? "RUNNING" : "PENDING";
  }
}
