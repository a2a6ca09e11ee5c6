package dev.fargate.local.aws.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock and the one lock of the endpoint. Every request and every scheduled task runs under the
 * lock, one at a time, so that the services see a consistent world.
 *
 * <p>Two kinds: virtual (moves only when a test says so; scripted tasks only) and real (wall clock;
 * process tasks).
 */
public interface Scheduler {
  Instant now();

  /** Runs the task once, after the delay; tasks due at the same time run in the order of asking. */
  Scheduled after(Duration delay, String what, Runnable task);

  /** Runs the task again and again, first after one period. */
  Scheduled every(Duration period, String what, Runnable task);

  /** Runs the body under the lock, in this thread, now; re-entrant. */
  <T> T locked(java.util.function.Supplier<T> body);

  /**
   * A control-plane period (alarm period, deregistration delay, health interval) shortened by the
   * time scale where there is one. Timeouts are never scaled.
   */
  Duration scaled(Duration controlPlanePeriod);

  /** A task that may still be cancelled. */
  interface Scheduled {
    void cancel();
  }
}
