package dev.fargate.local.aws.efs;

import java.time.Duration;

/**
 * How long EFS takes. AWS documents none of it; the realistic ones are what people report
 * (UNVERIFIED).
 *
 * @param fileSystem from creating to available, and from deleting to gone
 * @param accessPoint likewise
 * @param mountTarget from creating to available
 * @param mountTargetGone from deleting to gone, with its network interface
 */
public record Timing(
    Duration fileSystem, Duration accessPoint, Duration mountTarget, Duration mountTargetGone) {
  public static Timing realistic() {
    return new Timing(
        Duration.ofSeconds(8),
        Duration.ofSeconds(3),
        Duration.ofSeconds(90),
        Duration.ofSeconds(30));
  }

  /** For real processes on a laptop. */
  public static Timing quick() {
    return new Timing(
        Duration.ofMillis(300),
        Duration.ofMillis(200),
        Duration.ofMillis(800),
        Duration.ofMillis(500));
  }
}
