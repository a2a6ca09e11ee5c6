package dev.fargate.local.aws.tasks.scripted;

import dev.fargate.local.aws.tasks.TaskRuntime.Container;
import dev.fargate.local.aws.tasks.TaskRuntime.Mount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who writes into mounted directories, and since when. A container whose start command takes a lock
 * writes once it has it; any other writes as soon as it runs.
 */
final class WrittenPlaces {
  private final List<Writing> all = new ArrayList<>();
  private final Map<String, String> locked = new HashMap<>();

  /** One container's time as a writer. */
  record Writing(String container, String place, Instant from, Instant until) {}

  static boolean locksFirst(Container container) {
    return Stream.of(container.entryPoint(), container.command())
        .flatMap(List::stream)
        .anyMatch(word -> word.contains("flock "));
  }

  /**
   * Whether the container has what it locks, now or already. What lies in a directory that another
   * has locked is that one's as well, and so is all around it: the lock is a file.
   */
  boolean lock(String container, List<Mount> mounts) {
    boolean taken =
        locked.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(container))
            .anyMatch(
                entry -> mounts.stream().anyMatch(mount -> overlap(entry.getKey(), mount.place())));
    if (!taken) {
      mounts.forEach(mount -> locked.put(mount.place(), container));
    }
    return !taken;
  }

  /** Whether one of two places is the other, or lies in it. */
  static boolean overlap(String one, String other) {
    String first = one.endsWith("/") ? one : one + "/";
    String second = other.endsWith("/") ? other : other + "/";
    return first.startsWith(second) || second.startsWith(first);
  }

  void begin(String container, List<Mount> mounts, Instant now) {
    mounts.stream()
        .filter(mount -> !mount.readOnly())
        .forEach(mount -> all.add(new Writing(container, mount.place(), now, null)));
  }

  void end(String container, Instant now) {
    locked.values().removeIf(container::equals);
    all.replaceAll(
        each ->
            each.container().equals(container) && each.until() == null
                ? new Writing(container, each.place(), each.from(), now)
                : each);
  }

  List<Writing> all() {
    return List.copyOf(all);
  }
}
