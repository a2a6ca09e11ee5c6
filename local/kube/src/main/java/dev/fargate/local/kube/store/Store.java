package dev.fargate.local.kube.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.resource.GroupResource;
import dev.fargate.local.kube.resource.Meta;
import dev.fargate.local.kube.resource.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * All objects in memory, under one global resource version and one lock. Objects handed in and out
 * are never changed in place by anybody.
 */
public final class Store {
  /**
   * How many changes a watcher may lag behind before it gets 410. Large enough for a laptop's
   * bursts, small enough that the log of a day holds no memory.
   */
  public static final int DEFAULT_LOG_CAPACITY = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<GroupResource, NavigableMap<ObjectKey, ObjectNode>> objects = new HashMap<>();
  private final EventLog log;
  private long version;

  /**
   * A store that is empty.
   *
   * @param logCapacity how many changes are remembered for watchers
   */
  public Store(int logCapacity) {
    log = new EventLog(logCapacity);
  }

  /** The objects of a resource at one version. */
  public record Snapshot(long version, List<ObjectNode> objects) {}

  /** Runs a whole request as one transaction: nobody else reads or writes meanwhile. */
  public <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** The version of the latest change. */
  public long version() {
    return locked(() -> version);
  }

  /** One object. */
  public Optional<ObjectNode> get(GroupResource resource, ObjectKey key) {
    return locked(() -> Optional.ofNullable(all(resource).get(key)));
  }

  /** The objects of one namespace, or of all when it is empty, in key order. */
  public Snapshot list(GroupResource resource, String namespace) {
    return locked(
        () -> {
          NavigableMap<ObjectKey, ObjectNode> all = all(resource);
          if (namespace.isEmpty()) {
            return new Snapshot(version, new ArrayList<>(all.values()));
          }
          List<ObjectNode> found = new ArrayList<>();
          for (var entry : all.tailMap(new ObjectKey(namespace, "")).entrySet()) {
            if (!entry.getKey().namespace().equals(namespace)) {
              break;
            }
            found.add(entry.getValue());
          }
          return new Snapshot(version, found);
        });
  }

  /** Stores a new state and returns it with its new resource version. */
  public ObjectNode put(GroupResource resource, ObjectNode object) {
    return locked(
        () -> {
          ObjectNode stored = withNextVersion(object);
          ObjectKey key = ObjectKey.of(stored);
          Optional<ObjectNode> previous = Optional.ofNullable(all(resource).put(key, stored));
          StoreEvent.Type type =
              previous.isPresent() ? StoreEvent.Type.MODIFIED : StoreEvent.Type.ADDED;
          tell(new StoreEvent(version, type, resource, key, stored, previous));
          return stored;
        });
  }

  /** Removes an object; the event carries the given last state with a new resource version. */
  public ObjectNode remove(GroupResource resource, ObjectNode lastState) {
    return locked(
        () -> {
          ObjectKey key = ObjectKey.of(lastState);
          ObjectNode previous = all(resource).remove(key);
          if (previous == null) {
            throw new IllegalStateException("not stored: " + resource + " " + key);
          }
          ObjectNode gone = withNextVersion(lastState);
          tell(
              new StoreEvent(
                  version, StoreEvent.Type.DELETED, resource, key, gone, Optional.of(previous)));
          return gone;
        });
  }

  /** Whether a watch from that version on would miss nothing. */
  public boolean remembers(long since) {
    return locked(() -> log.remembers(since));
  }

  /**
   * The change that follows a version, if it has happened. Ask {@link #remembers} first, in the
   * same transaction.
   */
  public Optional<StoreEvent> eventAfter(long since) {
    return locked(() -> log.after(since));
  }

  /**
   * Forgets all past changes, as a real server's compaction does: watches that lag behind get 410.
   */
  public void compact() {
    locked(
        () -> {
          log.forgetAll();
          changed.signalAll();
          return null;
        });
  }

  /**
   * Waits until something may have changed since that version; returns at once when it has, and may
   * return early: callers look again.
   */
  public void await(long since, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (version <= since && log.remembers(since)) {
        changed.awaitNanos(atMost.toNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wakes every waiting watch, for instance because it was closed. */
  public void wake() {
    locked(
        () -> {
          changed.signalAll();
          return null;
        });
  }

  private ObjectNode withNextVersion(ObjectNode object) {
    version++;
    ObjectNode copy = object.deepCopy();
    Meta.of(copy).put("resourceVersion", Long.toString(version));
    return copy;
  }

  private void tell(StoreEvent event) {
    log.append(event);
    changed.signalAll();
  }

  private NavigableMap<ObjectKey, ObjectNode> all(GroupResource resource) {
    return objects.computeIfAbsent(resource, r -> new TreeMap<>());
  }
}
