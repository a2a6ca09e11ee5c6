package dev.fargate.local.aws.elb;

import java.time.Duration;

/**
 * How long the steps of a load balancer take. All are real durations of the scheduler's clock, none
 * is scaled again.
 *
 * @param provisioning from the creation of a load balancer to active
 * @param interfaceRelease from its deletion until its interfaces, and with them its security
 *     groups, are free
 * @param firstCheck from the registration of a target to its first health check
 */
public record Timing(Duration provisioning, Duration interfaceRelease, Duration firstCheck) {

  /** As observed on AWS, for the virtual clock (AWS-FACTS 5, 6.3). */
  public static Timing realistic() {
    return new Timing(Duration.ofSeconds(120), Duration.ofSeconds(30), Duration.ofSeconds(1));
  }

  /** For a laptop, where nobody wants to wait for machines that are not. */
  public static Timing quick() {
    return new Timing(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(100));
  }
}
