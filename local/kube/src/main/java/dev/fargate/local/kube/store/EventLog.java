package dev.fargate.local.kube.store;

import java.util.Optional;

/**
 * The latest changes in a ring; older ones are forgotten, which watchers learn as 410. Not
 * thread-safe: the store locks.
 */
final class EventLog {
  private final StoreEvent[] ring;
  private long first = 1;
  private long last;

  EventLog(int capacity) {
    ring = new StoreEvent[capacity];
  }

  void append(StoreEvent event) {
    last = event.version();
    ring[(int) (last % ring.length)] = event;
    first = Math.max(first, last - ring.length + 1);
  }

  /**
   * The event that follows a version, if it has happened; the caller has checked {@link
   * #remembers}.
   */
  Optional<StoreEvent> after(long version) {
    return version >= last
        ? Optional.empty()
        : Optional.of(ring[(int) ((version + 1) % ring.length)]);
  }

  /** Whether every event after that version is still here. */
  boolean remembers(long version) {
    return version + 1 >= first;
  }

  void forgetAll() {
    first = last + 1;
  }
}
