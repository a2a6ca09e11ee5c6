package dev.fargate.operator.flow;

import dev.fargate.operator.apply.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When what AWS has refused for now is tried again (DESIGN, decision 14): soon at first, and the
 * more seldom the longer it goes on, without end. Kept nowhere: how long an object is out of step
 * is in its conditions.
 */
final class Backoff {
  /** A tenth: ninety tries in the first hour instead of seven hundred, and one a minute then. */
  private static final int PART = 10;

  /** A drift is looked at as often; what has come to an end in AWS is to be seen as soon. */
  private static final Duration LONGEST = Periods.STEADY;

  private Backoff() {}

  /**
   * @param outOfStep how long AWS has not been as it is to be; zero or less when it was so until
   *     now
   * @return empty when nothing has failed
   */
  static Optional<Duration> after(List<Outcome> outcomes, Duration outOfStep) {
    return outcomes.stream()
        .filter(Outcome.Failed.class::isInstance)
        .map(Outcome.Failed.class::cast)
        .filter(failed -> failed.retryAfter() != null)
        .map(failed -> wait(failed, outOfStep))
        .min(Duration::compareTo);
  }

  private static Duration wait(Outcome.Failed failed, Duration outOfStep) {
    Duration part = outOfStep.dividedBy(PART);
    Duration atMost = part.compareTo(LONGEST) < 0 ? part : LONGEST;
    // What we held back ourselves costs AWS nothing, and its turn may come soon.
    return Outcome.HELD_BACK.equals(failed.code()) || atMost.compareTo(failed.retryAfter()) < 0
        ? failed.retryAfter()
        : atMost;
  }
}
