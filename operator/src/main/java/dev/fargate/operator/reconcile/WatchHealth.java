package dev.fargate.operator.reconcile;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Judges the informers for liveness (R12): one that has stopped never comes back, so the process is
 * to be started again; one whose watch is down opens it again by itself, as long as its client
 * still tries.
 */
final class WatchHealth {
  /**
   * The client tries again every 32 s at most, and gives a connection that does not end up after
   * two minutes; five outlast both, and an API server that is upgraded. A start anew mends what is
   * left: a lost timer, a certificate or address that the process still holds.
   */
  static final Duration LONGEST_DOWN = Duration.ofMinutes(5);

  private final LongSupplier nanoTime;
  private final Map<String, Long> downSince = new HashMap<>();

  /**
   * One informer now.
   *
   * @param name for people, unique
   * @param running false once it has stopped for good
   * @param watching whether the API server has accepted its watch and has not ended it
   */
  record Informer(String name, boolean running, boolean watching) {}

  /**
   * @param nanoTime the monotonic clock
   */
  WatchHealth(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Looks at all informers; the time that one is down counts from the first look that sees it so.
   *
   * @return null when all is well or may mend itself; else which informer has what
   */
  synchronized String problem(List<Informer> informers) {
    long now = nanoTime.getAsLong();
    String problem = null;
    for (Informer informer : informers) {
      if (informer.watching()) {
        downSince.remove(informer.name());
      }
      Duration down =
          informer.watching()
              ? Duration.ZERO
              : Duration.ofNanos(now - downSince.computeIfAbsent(informer.name(), name -> now));
      if (!informer.running()) {
        problem = informer.name() + " has stopped";
      } else if (problem == null && down.compareTo(LONGEST_DOWN) >= 0) {
        problem = informer.name() + " has had no watch for " + down.toSeconds() + " s";
      }
    }
    return problem;
  }
}
