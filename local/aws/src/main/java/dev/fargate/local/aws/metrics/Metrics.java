package dev.fargate.local.aws.metrics;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** Measured values by time, as CloudWatch would hold them. Scaling reads them. */
public interface Metrics {
  /**
   * Adds one sample.
   *
   * @param namespace AWS/ECS or AWS/ApplicationELB
   * @param name CPUUtilization, MemoryUtilization (percent) or RequestCount (requests)
   * @param dimension the service as {@code cluster/service}, or the target group's last ARN part
   */
  void sample(String namespace, String name, String dimension, double value);

  /**
   * The average of each of the last {@code periods} whole periods, oldest first; empty = no data.
   *
   * @param period as AWS names it, for example one minute; with a time scale the implementation
   *     shortens it, a caller does not
   */
  List<OptionalDouble> averages(
      String namespace, String name, String dimension, Duration period, int periods);

  /**
   * The sum of each of the last whole periods, oldest first; empty = no data. With a time scale a
   * period is shorter and the sum is raised by the same factor: ten requests a second are 600 per
   * minute at any scale.
   *
   * @param period as for {@link #averages}
   */
  List<OptionalDouble> sums(
      String namespace, String name, String dimension, Duration period, int periods);
}
