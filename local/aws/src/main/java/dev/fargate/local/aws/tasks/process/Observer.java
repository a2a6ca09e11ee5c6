package dev.fargate.local.aws.tasks.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at the processes of all tasks: CPU and memory in use, limits, and where they listen. */
final class Observer {
  private static final double UNITS_PER_CPU = 1024;
  private static final long MIB = 1024 * 1024;
  private static final String OUT_OF_MEMORY =
      "OutOfMemoryError: Container killed due to memory usage";

  private final Surroundings around;

  Observer(Surroundings around) {
    this.around = around;
  }

  private record Seen(
      ContainerProcess container, Duration cpu, long memory, int wildcardPort, boolean bound) {}

  /**
   * Looks at one task, outside the lock, and reports under it.
   *
   * @param passed since the last look
   */
  void look(RunningTask task, Duration passed, Listening listening) {
    List<Seen> all = new ArrayList<>();
    for (ContainerProcess container : task.containers) {
      if (container.running()) {
        all.add(look(task, container, listening));
      }
    }
    if (!all.isEmpty()) {
      around.locked(() -> report(task, all, passed));
    }
  }

  private static Seen look(RunningTask task, ContainerProcess container, Listening listening) {
    List<ProcessHandle> members = container.tree.members();
    Duration cpu = container.tree.cpuSinceLastLook(members);
    int wildcard = 0;
    boolean bound = container.bound;
    if (!bound) {
      bound = true;
      for (int port : container.spec.ports()) {
        if (!listening.on(task.launch.ip(), port)) {
          bound = false;
          wildcard = listening.onWildcard(port, members) ? port : wildcard;
        }
      }
    }
    return new Seen(container, cpu, ProcessTree.memory(members), wildcard, bound);
  }

  private void report(RunningTask task, List<Seen> all, Duration passed) {
    Duration cpu = all.stream().map(Seen::cpu).reduce(Duration.ZERO, Duration::plus);
    double vcpus = task.launch.cpuUnits() / UNITS_PER_CPU;
    double cpuPercent = 100.0 * cpu.toNanos() / Math.max(1, passed.toNanos()) / vcpus;
    long memory = all.stream().mapToLong(Seen::memory).sum();
    long limit = task.launch.memoryMiB() * MIB;
    task.events.usage(Math.min(100, cpuPercent), Math.min(100, 100.0 * memory / limit));
    for (Seen seen : all) {
      seen.container().bound = seen.bound();
      if (seen.wildcardPort() != 0) {
        refuseWildcard(task, seen);
      }
    }
    if (memory > limit) {
      all.stream()
          .max((a, b) -> Long.compare(a.memory(), b.memory()))
          .ifPresent(worst -> task.kill(worst.container(), OUT_OF_MEMORY, null));
    }
  }

  private static void refuseWildcard(RunningTask task, Seen seen) {
    String what =
        "this program listens on every address at port "
            + seen.wildcardPort()
            + " and so keeps other tasks from it; it must listen on its own address "
            + task.launch.ip()
            + ", given as BIND_ADDRESS and as {address} in the image table";
    task.kill(seen.container(), "CannotStartContainerError: " + what, "local endpoint: " + what);
  }
}
