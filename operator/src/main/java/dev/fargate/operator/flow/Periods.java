package dev.fargate.operator.flow;

import java.time.Duration;

/** When an object is looked at again without any event. */
public final class Periods {
  /**
   * While ECS works: tasks take tens of seconds, so a few seconds feel live (DESIGN, Observation).
   */
  public static final Duration ROLLOUT = Duration.ofSeconds(5);

  /** Drift made by hand is seen within a minute. */
  public static final Duration STEADY = Duration.ofSeconds(60);

  /** Waiting for another object: its change wakes us, this is only the safety net. */
  public static final Duration WAITING = Duration.ofSeconds(30);

  /** Denied or invalid: only a person helps, and a denied call costs the account's rate. */
  public static final Duration SLOW = Duration.ofMinutes(5);

  /**
   * Right after a write, to take the next step; AWS answers its own writes within a second or two.
   */
  public static final Duration SOON = Duration.ofSeconds(1);

  /** How long a reference may be missing before a person is called (API.md: 900 s). */
  public static final Duration REFERENCES = Duration.ofSeconds(900);

  /** A look that was asked for and could not be had yet: as often as one object may have it. */
  public static final Duration ASKED = Duration.ofSeconds(10);

  private Periods() {}
}
