package dev.fargate.local.aws.autoscaling;

import java.time.Instant;

/**
 * What cooldowns remember (AWS-FACTS 7). While a scale-out cools down, the capacity it added counts
 * towards the next: the count that ran before it stays the starting point. A scale-in waits for the
 * end of the last one; a scale-out ends that wait.
 */
final class Cooldowns {
  /** What ECS policies have unless they say otherwise. */
  static final int DEFAULT_SECONDS = 300;

  private Instant outUntil = Instant.MIN;
  private Instant inUntil = Instant.MIN;
  private int ranBeforeOut;

  int startingPoint(int running, Instant now) {
    return now.isBefore(outUntil) ? ranBeforeOut : running;
  }

  boolean mayScaleIn(Instant now) {
    return !now.isBefore(inUntil);
  }

  void scaledOut(int startingPoint, Instant until) {
    ranBeforeOut = startingPoint;
    outUntil = until;
    inUntil = Instant.MIN;
  }

  void scaledIn(Instant until) {
    inUntil = until;
  }
}
