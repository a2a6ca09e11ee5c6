package dev.fargate.local.aws.cloudwatch;

import java.util.Set;

/** The periods that CloudWatch takes: some below a minute, else whole minutes. */
final class Period {
  private static final Set<Integer> SHORT = Set.of(1, 5, 10, 20, 30);
  private static final int MINUTE = 60;

  private Period() {}

  /**
   * @throws dev.fargate.local.aws.wire.AwsException for any other
   */
  static void check(int seconds) {
    if (!SHORT.contains(seconds) && seconds % MINUTE != 0) {
      throw CloudWatchError.invalid(
          "Period must be 10, 20, 30 or a multiple of 60 seconds, was " + seconds);
    }
  }
}
