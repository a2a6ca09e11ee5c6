package dev.fargate.operator.status;

import java.time.Duration;
import java.time.Instant;

/**
 * AWS could not be read lately.
 *
 * @param error what AWS answered, for people
 * @param since the start of the last complete look
 * @param stale for so long that what was seen then no longer counts
 */
public record Unread(String error, Instant since, boolean stale) {
  /** Three sweeps of a minute each (API.md): one that fails is noise, three are an outage. */
  private static final Duration STALE = Duration.ofMinutes(3);

  /**
   * Null when AWS could be read.
   *
   * @param error null when AWS could be read
   */
  public static Unread of(String error, Instant since, Instant now) {
    return error == null
        ? null
        : new Unread(error, since, Duration.between(since, now).compareTo(STALE) > 0);
  }

  /** Not Ready, not failed: nobody knows, and the operator goes on trying. */
  void judge(Conditions conditions) {
    conditions
        .isUnknown(ConditionType.READY, Reason.OBSERVATION_STALE, said())
        .reconciling(Reason.OBSERVATION_STALE, said());
  }

  /** In words, for people. */
  public String said() {
    return "AWS could not be read since " + SameStatus.time(since) + ": " + error;
  }
}
