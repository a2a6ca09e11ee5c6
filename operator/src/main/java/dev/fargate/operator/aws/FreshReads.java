package dev.fargate.operator.aws;

import dev.fargate.operator.stack.Owner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Rations the reads that people ask for by annotation, so that neither a loop over one object nor
 * all objects at once are a storm for AWS. What is refused is asked for again by the next pass.
 */
final class FreshReads {
  /** Sooner than a person looks twice; a loop over one object costs about a call a second. */
  private static final Duration PER_OWNER = Duration.ofSeconds(10);

  /**
   * One object is about fifteen calls, six of them to load balancing, which allows ten a second
   * (AWS-FACTS 10) and serves sweeps and rollouts beside it.
   */
  private static final Duration PER_ENVIRONMENT = Duration.ofSeconds(2);

  /** A person who looks at a handful of objects waits for none of them. */
  private static final int BURST = 5;

  private final Clock clock;
  private final Map<Owner, Instant> last = new HashMap<>();

  /** When the environment is at rest again, each read counted with its period. */
  private Instant busyUntil = Instant.MIN;

  FreshReads(Clock clock) {
    this.clock = clock;
  }

  /** Whether this owner may be read now; counts it. */
  synchronized boolean take(Owner owner) {
    Instant now = clock.instant();
    last.values().removeIf(time -> !now.isBefore(time.plus(PER_OWNER)));
    boolean busy = busyUntil.isAfter(now.plus(PER_ENVIRONMENT.multipliedBy(BURST - 1)));
    if (busy || last.containsKey(owner)) {
      return false;
    }
    last.put(owner, now);
    busyUntil = (busyUntil.isAfter(now) ? busyUntil : now).plus(PER_ENVIRONMENT);
    return true;
  }
}
