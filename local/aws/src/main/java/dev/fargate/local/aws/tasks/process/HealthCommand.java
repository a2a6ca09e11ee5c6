package dev.fargate.local.aws.tasks.process;

import dev.fargate.local.aws.tasks.TaskRuntime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a container's health command again and again: healthy at the first success, unhealthy after
 * so many failures in a row, of which those in the start period do not count.
 */
final class HealthCommand {
  /** Until the first success the command runs this often at least, as Docker's start interval. */
  private static final Duration START_INTERVAL = Duration.ofSeconds(5);

  private final RunningTask task;
  private final ContainerProcess container;
  private final Surroundings around;
  private final Instant started;
  private int failures;
  private boolean succeededOnce;

  HealthCommand(RunningTask task, ContainerProcess container, Surroundings around) {
    this.task = task;
    this.container = container;
    this.around = around;
    this.started = around.scheduler().now();
  }

  /** Plans the next run; under the lock. */
  void next() {
    Duration interval = timing().interval();
    Duration wait =
        succeededOnce || interval.compareTo(START_INTERVAL) < 0 ? interval : START_INTERVAL;
    around
        .scheduler()
        .after(
            around.scheduler().scaled(wait),
            "health command of " + container.spec.name(),
            () -> {
              if (container.running()) {
                around.workers().execute(this::run);
              }
            });
  }

  private TaskRuntime.HealthTiming timing() {
    return container.spec.healthTiming();
  }

  private void run() {
    boolean success = succeeds();
    around.locked(
        () -> {
          if (container.running()) {
            judge(success);
            next();
          }
        });
  }

  private void judge(boolean success) {
    if (success) {
      failures = 0;
      succeededOnce = true;
      task.events.health(container.spec.name(), true);
      return;
    }
    boolean starting =
        !succeededOnce && around.scheduler().now().isBefore(started.plus(timing().startPeriod()));
    if (!starting && ++failures >= timing().retries()) {
      task.events.health(container.spec.name(), false);
    }
  }

  private boolean succeeds() {
    try {
      Process check = task.beside(container, command()).start();
      boolean ended = check.waitFor(timing().timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        check.descendants().forEach(ProcessHandle::destroyForcibly);
        check.destroyForcibly();
      }
      return ended && check.exitValue() == 0;
    } catch (IOException e) {
      return false; // Its program does not exist; a container would fail the check, too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<String> command() {
    List<String> given = container.spec.healthCommand();
    return given.get(0).equals("CMD-SHELL")
        ? List.of("/bin/sh", "-c", given.get(1))
        : given.subList(1, given.size());
  }
}
