package dev.fargate.local.aws.backup;

import java.time.Duration;

/**
 * How long AWS Backup takes. AWS documents none of it but the start window; the realistic ones are
 * what people report of small file systems (UNVERIFIED).
 *
 * @param start from a job's creation until it runs, of a backup or a restore
 * @param backup how long it runs
 * @param restore how long a restore runs
 * @param deletion from deleting to gone, of a recovery point
 */
public record Timing(Duration start, Duration backup, Duration restore, Duration deletion) {
  public static Timing realistic() {
    return new Timing(
        Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(3), Duration.ofMinutes(1));
  }

  /** For real processes on a laptop. */
  public static Timing quick() {
    return new Timing(
        Duration.ofMillis(300),
        Duration.ofMillis(700),
        Duration.ofMillis(500),
        Duration.ofMillis(300));
  }
}
