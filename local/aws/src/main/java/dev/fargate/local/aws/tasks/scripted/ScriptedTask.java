package dev.fargate.local.aws.tasks.scripted;

import dev.fargate.local.aws.tasks.TaskRuntime.Container;
import dev.fargate.local.aws.tasks.TaskRuntime.Events;
import dev.fargate.local.aws.tasks.TaskRuntime.HealthTiming;
import dev.fargate.local.aws.tasks.TaskRuntime.Launch;
import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One pretended task. */
final class ScriptedTask {
  /** What a start command with a lock does: it looks every two seconds, for 270 of them. */
  private static final Duration LOCK_PAUSE = Duration.ofSeconds(2);

  private static final int LOCK_ATTEMPTS = 135;
  private static final int EXIT_STILL_HELD = 75;

  final Launch launch;
  private final Events events;
  private final ScriptedTasks tasks;
  private final Scheduler scheduler;
  private final Map<String, Container> live = new LinkedHashMap<>();
  private final Set<String> started = new HashSet<>();
  private final Map<String, Instant> healthChangesAt = new LinkedHashMap<>();
  private final Map<String, Boolean> reportedHealth = new LinkedHashMap<>();
  private final Set<String> waiting = new HashSet<>();
  private boolean stopping;

  ScriptedTask(Launch launch, Events events, ScriptedTasks tasks, Scheduler scheduler) {
    this.launch = launch;
    this.events = events;
    this.tasks = tasks;
    this.scheduler = scheduler;
    launch.containers().forEach(container -> live.put(container.name(), container));
  }

  void start() {
    for (Container container : launch.containers()) {
      ImageScript script = tasks.script(launch, container);
      scheduler.after(script.startDelay, "start " + container.name(), () -> started(container));
    }
  }

  private void started(Container container) {
    ImageScript script = tasks.script(launch, container);
    if (stopping || !live.containsKey(container.name())) {
      return;
    }
    if (script.pullError != null) {
      live.remove(container.name());
      forgetWhenEmpty();
      events.failedToStart(container.name(), script.pullError);
      return;
    }
    started.add(container.name());
    events.started(
        container.name(), script.digest == null ? digest(container.image()) : script.digest);
    if (!container.mounts().isEmpty() && WrittenPlaces.locksFirst(container)) {
      waiting.add(container.name());
      lock(container, 0);
    } else {
      begin(container);
    }
    if (script.exitAfter != null && script.work == null) {
      int code = script.exitCode;
      String reason = script.exitReason;
      scheduler.after(
          script.exitAfter, "exit " + container.name(), () -> exit(container.name(), code, reason));
    }
    if (!container.healthCommand().isEmpty()) {
      lookAtHealth(container);
    }
  }

  /** As the start command does: again and again, then it gives up. */
  private void lock(Container container, int attempts) {
    if (!live.containsKey(container.name())) {
      return;
    }
    if (tasks.places.lock(key(container), container.mounts())) {
      waiting.remove(container.name());
      begin(container);
      if (!container.healthCommand().isEmpty()) {
        lookAtHealth(container);
      }
    } else if (attempts == LOCK_ATTEMPTS) {
      exit(container.name(), EXIT_STILL_HELD, null);
    } else {
      scheduler.after(
          LOCK_PAUSE, "lock the data of " + container.name(), () -> lock(container, attempts + 1));
    }
  }

  /** From here on the container may write. */
  private void begin(Container container) {
    tasks.places.begin(key(container), container.mounts(), scheduler.now());
    ImageScript script = tasks.script(launch, container);
    if (script.work != null) {
      Work work = script.work;
      scheduler.after(script.exitAfter, "work of " + container.name(), () -> end(container, work));
    }
  }

  private void end(Container container, Work work) {
    if (!stopping && live.containsKey(container.name())) {
      exit(container.name(), work.of(container), null);
    }
  }

  private String key(Container container) {
    return launch.taskArn() + " " + container.name();
  }

  /**
   * A change shows after as many checks as a real one takes: the first good check makes it healthy,
   * the configured retries make it unhealthy, none of them within the start period.
   */
  private void lookAtHealth(Container container) {
    ImageScript script = tasks.script(launch, container);
    String name = container.name();
    boolean healthy = script.containerHealthy;
    if (!started.contains(name) || waiting.contains(name) || healthChangesAt.containsKey(name)) {
      return;
    }
    Boolean reported = reportedHealth.get(name);
    if (reported != null && reported == healthy) {
      return;
    }
    HealthTiming timing = container.healthTiming();
    Duration delay =
        healthy
            ? timing.interval()
            : timing
                .interval()
                .multipliedBy(timing.retries())
                .plus(reported == null ? timing.startPeriod() : Duration.ZERO);
    healthChangesAt.put(name, scheduler.now().plus(delay));
    scheduler.after(delay, "health of " + name, () -> reportHealth(container, healthy));
  }

  private void reportHealth(Container container, boolean healthy) {
    healthChangesAt.remove(container.name());
    if (!live.containsKey(container.name())) {
      return;
    }
    if (tasks.script(launch, container).containerHealthy == healthy) {
      reportedHealth.put(container.name(), healthy);
      events.health(container.name(), healthy);
    } else {
      lookAtHealth(container);
    }
  }

  void scriptChanged() {
    live.values().stream()
        .filter(container -> !container.healthCommand().isEmpty())
        .forEach(this::lookAtHealth);
  }

  void exit(String name, int code, String reason) {
    Container ended = live.remove(name);
    if (ended != null) {
      tasks.places.end(key(ended), scheduler.now());
      waiting.remove(name);
      started.remove(name);
      forgetWhenEmpty();
      events.exited(name, code, reason);
    }
  }

  /** TERM: each container ends when its script says, or is killed after the timeout. */
  void stop(Duration timeout) {
    stopping = true;
    for (Container container : live.values()) {
      ImageScript script = tasks.script(launch, container);
      if (script.unreachable) {
        continue;
      }
      boolean killed = script.ignoresTerm || script.stopDelay.compareTo(timeout) > 0;
      Duration delay = killed ? timeout : script.stopDelay;
      int code = killed ? 137 : ImageScript.EXIT_ON_TERM;
      scheduler.after(delay, "end " + container.name(), () -> exit(container.name(), code, null));
    }
  }

  void abandon() {
    stopping = true;
    live.clear();
  }

  Optional<Container> listening(int port) {
    return live.values().stream()
        .filter(c -> started.contains(c.name()) && c.ports().contains(port))
        .findFirst();
  }

  /** The task's use is that of its containers together, at most its size. */
  void reportUsage() {
    if (started.isEmpty()) {
      return;
    }
    double cpu = 0;
    double memory = 0;
    for (Container container : live.values()) {
      ImageScript script = tasks.script(launch, container);
      cpu += script.cpuPercent;
      memory += script.memoryPercent;
    }
    events.usage(Math.min(100, cpu), Math.min(100, memory));
  }

  private void forgetWhenEmpty() {
    if (live.isEmpty()) {
      tasks.gone(this);
    }
  }

  private static String digest(String image) {
    return "sha256:" + String.format("%064x", image.hashCode() & 0xffffffffL);
  }
}
