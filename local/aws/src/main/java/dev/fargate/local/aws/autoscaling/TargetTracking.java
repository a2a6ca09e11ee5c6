package dev.fargate.local.aws.autoscaling;

import java.util.List;
import java.util.OptionalDouble;

/** The arithmetic of target tracking. Pure. */
final class TargetTracking {
  /** The high alarm looks at this many periods, the low one at that many (AWS-FACTS 7). */
  static final int HIGH_PERIODS = 3;

  static final int LOW_PERIODS = 15;

  /** The low alarm is this share below the target. */
  private static final double LOW_SHARE = 0.9;

  private TargetTracking() {}

  enum Signal {
    HIGH,
    LOW,
    NONE
  }

  /**
   * What the two alarms say; a period without data breaches neither.
   *
   * @param values the last {@link #LOW_PERIODS} periods, oldest first
   */
  static Signal signal(List<OptionalDouble> values, double target) {
    List<OptionalDouble> newest = values.subList(values.size() - HIGH_PERIODS, values.size());
    if (newest.stream().allMatch(v -> v.isPresent() && v.getAsDouble() > target)) {
      return Signal.HIGH;
    }
    double low = LOW_SHARE * target;
    if (values.stream().allMatch(v -> v.isPresent() && v.getAsDouble() < low)) {
      return Signal.LOW;
    }
    return Signal.NONE;
  }

  /** How many tasks would bring the metric to its target. */
  static int capacity(int running, double metric, double target) {
    // A hair below a whole number is that number: 3 * 60 / 60 must stay 3.
    return (int) Math.ceil(running * metric / target - 1e-9);
  }
}
