package dev.fargate.local.aws.ecs;

/** The states of a task in the order it goes through them (AWS-FACTS 4.6). */
enum TaskStatus {
  PROVISIONING,
  PENDING,
  ACTIVATING,
  RUNNING,
  DEACTIVATING,
  STOPPING,
  DEPROVISIONING,
  STOPPED;

  /** Counted by AWS as pending. */
  boolean pending() {
    return compareTo(RUNNING) < 0;
  }

  /** Its containers may still run although it is to stop. */
  boolean containersMayRun() {
    return compareTo(DEPROVISIONING) < 0;
  }
}
