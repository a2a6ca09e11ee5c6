package dev.fargate.local.aws.dataplane;

import dev.fargate.local.aws.elb.RoutingTable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Idle connections to targets. A request that has begun to be sent is never sent again, so a
 * connection that its target may be closing must not be used: idle ones are kept for less time than
 * any server closes them after, and each is looked at for an end of stream right before its use.
 * What is left is a target that closes in the very instant between that look and the first byte;
 * that request is answered 502, as with AWS.
 */
final class TargetPool {
  /** Common servers close idle connections after 5 s (Node.js) or more. */
  private static final Duration MAX_IDLE = Duration.ofSeconds(2);

  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
  private static final int MAX_IDLE_PER_TARGET = 64;

  private final Map<String, Deque<TargetConnection>> idle = new HashMap<>();

  TargetConnection take(RoutingTable.Target target) throws IOException {
    TargetConnection held;
    while ((held = poll(key(target))) != null) {
      boolean fresh = System.nanoTime() - held.idleSince() < MAX_IDLE.toNanos();
      if (fresh && held.usable()) {
        return held;
      }
      held.close();
    }
    return TargetConnection.open(target, CONNECT_TIMEOUT_MILLIS);
  }

  private synchronized TargetConnection poll(String key) {
    Deque<TargetConnection> held = idle.get(key);
    return held == null ? null : held.pollFirst();
  }

  void giveBack(RoutingTable.Target target, TargetConnection connection) {
    connection.idleFrom(System.nanoTime());
    synchronized (this) {
      Deque<TargetConnection> held = idle.computeIfAbsent(key(target), key -> new ArrayDeque<>());
      if (held.size() < MAX_IDLE_PER_TARGET) {
        held.addFirst(connection);
        return;
      }
    }
    connection.close();
  }

  /** Closes the idle connections to every other target, and those idle for too long. */
  synchronized void keepOnly(Set<RoutingTable.Target> targets) {
    Set<String> wanted = new java.util.HashSet<>();
    targets.forEach(target -> wanted.add(key(target)));
    idle.entrySet()
        .removeIf(
            entry -> {
              if (!wanted.contains(entry.getKey())) {
                entry.getValue().forEach(TargetConnection::close);
                return true;
              }
              return false;
            });
    long oldest = System.nanoTime() - MAX_IDLE.toNanos();
    for (Deque<TargetConnection> held : idle.values()) {
      while (!held.isEmpty() && held.peekLast().idleSince() - oldest < 0) {
        held.pollLast().close();
      }
    }
  }

  private static String key(RoutingTable.Target target) {
    return target.ip() + ":" + target.port();
  }
}
