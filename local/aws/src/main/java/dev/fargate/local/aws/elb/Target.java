package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.time.Scheduler;

/** A registered target and its health. */
final class Target {
  static final String INITIAL = "initial";
  static final String HEALTHY = "healthy";
  static final String UNHEALTHY = "unhealthy";
  static final String UNUSED = "unused";
  static final String DRAINING = "draining";

  final String ip;
  final int port;
  String state = UNUSED;
  String reason;
  String description;

  /** In a row, since the last answer of the other kind. */
  int successes;

  int failures;

  /** Whether the security groups let the load balancer through, as last looked. */
  boolean reachable;

  /** The next check, or the end of draining. */
  Scheduler.Scheduled timer;

  /** Rises whenever checking starts or stops, so that an answer from before is recognised. */
  int epoch;

  Target(String ip, int port) {
    this.ip = ip;
    this.port = port;
  }

  void set(String newState, String newReason, String newDescription) {
    state = newState;
    reason = newReason;
    description = newDescription;
  }

  TargetGroups.TargetHealth health() {
    return new TargetGroups.TargetHealth(state, reason, description);
  }
}
