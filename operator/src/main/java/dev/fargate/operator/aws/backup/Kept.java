package dev.fargate.operator.aws.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What AWS Backup tells only one vault or plan at a time, kept for a while; in each sweep the
 * oldest is read anew, so that in a small account all is seen within a minute.
 */
final class Kept<V> {
  /** As long as tags are believed. */
  private static final Duration AGE = Duration.ofMinutes(30);

  /** How many are read anew per sweep. */
  private static final int REFRESHED_PER_SWEEP = 2;

  private final Clock clock;
  private final Function<String, V> load;
  private final Predicate<V> settled;
  private final Map<String, Entry<V>> entries = new HashMap<>();

  private record Entry<V>(V value, Instant read) {}

  /**
   * @param settled one that is not is read anew in each sweep
   */
  Kept(Clock clock, Function<String, V> load, Predicate<V> settled) {
    this.clock = clock;
    this.load = load;
    this.settled = settled;
  }

  /** Begins a sweep over exactly these. */
  synchronized void sweep(Set<String> keys) {
    entries.keySet().retainAll(keys);
    Instant old = clock.instant().minus(AGE);
    entries.values().removeIf(entry -> !settled.test(entry.value()) || entry.read().isBefore(old));
    entries.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getValue().read()))
        .limit(REFRESHED_PER_SWEEP)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(entries::remove);
  }

  synchronized V get(String key) {
    return entries
        .computeIfAbsent(key, absent -> new Entry<>(load.apply(absent), clock.instant()))
        .value();
  }

  synchronized void forget(String key) {
    entries.remove(key);
  }
}
