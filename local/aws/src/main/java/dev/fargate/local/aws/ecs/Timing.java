package dev.fargate.local.aws.ecs;

import java.time.Duration;

/**
 * How long the steps of ECS take. All are real durations of the scheduler's clock, none is scaled
 * again.
 *
 * @param tick how often the service scheduler looks at its services
 * @param networkInterface PROVISIONING: from the launch to the attached interface
 * @param activating ACTIVATING: from the registration at load balancers to RUNNING
 * @param deprovisioning DEPROVISIONING: from the end of the containers to STOPPED
 * @param healthyWithoutCheck when a task without any health check counts as healthy
 * @param drainingTail from the last stopped task of a deleted service to INACTIVE
 * @param registryLag from DEACTIVATING to the deregistration of the Cloud Map instance
 * @param registryLagAfterDelete the same once the service is being deleted, which ECS does late
 * @param firstBackoff the first pause after repeated failures to start without circuit breaker
 * @param maxBackoff where that growing pause ends
 * @param kept how long stopped tasks and inactive services can still be described
 */
public record Timing(
    Duration tick,
    Duration networkInterface,
    Duration activating,
    Duration deprovisioning,
    Duration healthyWithoutCheck,
    Duration drainingTail,
    Duration registryLag,
    Duration registryLagAfterDelete,
    Duration firstBackoff,
    Duration maxBackoff,
    Duration kept) {

  /** As observed on AWS, for the virtual clock (AWS-FACTS 4.3, 4.4, 4.6). */
  public static Timing realistic() {
    return new Timing(
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        Duration.ofSeconds(40),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofMinutes(15),
        Duration.ofHours(1));
  }

  /** For real processes on a laptop, where nobody wants to wait for an interface that is not. */
  public static Timing quick() {
    return new Timing(
        Duration.ofMillis(200),
        Duration.ofMillis(100),
        Duration.ofMillis(100),
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        Duration.ofMillis(500),
        Duration.ofMillis(200),
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofSeconds(30),
        Duration.ofHours(1));
  }
}
