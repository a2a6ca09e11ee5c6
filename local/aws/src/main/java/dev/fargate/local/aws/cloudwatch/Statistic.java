package dev.fargate.local.aws.cloudwatch;

import dev.fargate.local.aws.metrics.Metrics;
import java.util.List;
import java.util.OptionalDouble;

/** CloudWatch's statistics of one period. */
final class Statistic {
  static final List<String> ALL = List.of("SampleCount", "Average", "Sum", "Minimum", "Maximum");

  private Statistic() {}

  /** Empty without samples. */
  static OptionalDouble of(Metrics.Point point, String statistic) {
    if (point.samples() == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        switch (statistic) {
          case "SampleCount" -> point.samples();
          case "Average" -> point.average();
          case "Sum" -> point.sum();
          case "Minimum" -> point.minimum();
          case "Maximum" -> point.maximum();
          default -> throw CloudWatchError.unsupported("statistic " + statistic);
        });
  }
}
