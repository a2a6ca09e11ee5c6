package dev.fargate.local.aws.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** Measured values by time, as CloudWatch holds them. Scaling and alarms read them. */
public interface Metrics {
  /**
   * Adds one sample.
   *
   * @param namespace AWS/ECS or AWS/ApplicationELB
   * @param name CPUUtilization, MemoryUtilization (percent), RequestCount or
   *     HTTPCode_Target_5XX_Count (requests)
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

  /**
   * Each of the last {@code periods} whole periods, oldest first; one without samples has none.
   *
   * @param period as for {@link #averages}
   */
  List<Point> last(Series series, Duration period, int periods);

  /**
   * Each whole period between two times that has samples, oldest first.
   *
   * @param period as for {@link #averages}
   */
  List<Point> between(Series series, Duration period, Instant start, Instant end);

  /** What has been measured at all, in a stable order. */
  List<Series> series();

  /** What is measured of what, as in {@link #sample}. */
  record Series(String namespace, String name, String dimension) {}

  /**
   * One period.
   *
   * @param sum raised by the time scale, as for {@link #sums}
   * @param samples 0: nothing was measured, and the other numbers mean nothing
   */
  record Point(
      Instant start, double sum, double average, double minimum, double maximum, long samples) {}
}
