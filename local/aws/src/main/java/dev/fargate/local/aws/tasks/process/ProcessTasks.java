package dev.fargate.local.aws.tasks.process;

import dev.fargate.local.aws.cloudmap.ServiceRegistry;
import dev.fargate.local.aws.files.OwnFolder;
import dev.fargate.local.aws.logs.LogSink;
import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that are real processes of this machine, each on a loopback address of its own. An image is
 * what the {@link ImageTable} says it is. User, read-only root, CPU limit and architecture are not
 * enforced; the memory limit is.
 */
public final class ProcessTasks implements TaskRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessTasks.class);

  /** Often enough to catch a leak early and to fill a shortened metric minute. */
  private static final Duration LOOK_PERIOD = Duration.ofSeconds(1);

  /** Killed processes are gone in milliseconds; this only bounds a close that goes wrong. */
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final ImageTable images;
  private final Surroundings around;
  private final OwnFolder folder;
  private final ExecutorService workers;
  private final Map<String, RunningTask> running = new LinkedHashMap<>();
  private final Thread observing;
  private int count;
  private volatile boolean closed;

  public ProcessTasks(
      Scheduler scheduler, ServiceRegistry registry, LogSink logs, ImageTable images) {
    this.images = images;
    AtomicInteger threads = new AtomicInteger();
    this.workers =
        Executors.newCachedThreadPool(
            body -> daemon(body, "task-worker-" + threads.incrementAndGet()));
    this.around = new Surroundings(scheduler, registry, logs, workers);
    this.folder = OwnFolder.create();
    registry.onChange(() -> running.values().forEach(RunningTask::rewriteNames));
    this.observing = daemon(this::observe, "task-observer");
    observing.start();
  }

  private static Thread daemon(Runnable body, String name) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void start(Launch launch, Events events) {
    List<ContainerProcess> containers = new ArrayList<>();
    for (TaskRuntime.Container spec : launch.containers()) {
      Optional<ImageTable.Entry> image = images.find(spec.image());
      Optional<String> refusal = refusal(spec, image);
      if (refusal.isPresent()) {
        around
            .scheduler()
            .after(
                Duration.ZERO,
                "failed start of " + launch.taskArn(),
                () -> events.failedToStart(spec.name(), refusal.get()));
        return;
      }
      containers.add(new ContainerProcess(spec, image.get()));
    }
    RunningTask task =
        new RunningTask(
            launch,
            watched(launch, events),
            containers,
            folder.child("task-" + ++count),
            around,
            () -> running.remove(launch.taskArn()));
    task.prepare();
    running.put(launch.taskArn(), task);
    workers.execute(task::run);
  }

  private Optional<String> refusal(TaskRuntime.Container spec, Optional<ImageTable.Entry> image) {
    if (image.isEmpty()) {
      return Optional.of(
          "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to"
              + " resolve ref "
              + spec.image()
              + ": not found (the images of this local endpoint are "
              + images.patterns()
              + ")");
    }
    if (!spec.entryPoint().isEmpty()
        && !image.get().programs().containsKey(ImageTable.ENTRY_POINT)) {
      return Optional.of(
          "CannotStartContainerError: entryPoint is not supported by this local image, of which"
              + " only the command of the image table is known; leave it out of container "
              + spec.name());
    }
    return Optional.empty();
  }

  /** Begins the health commands of a container when it has started. */
  private Events watched(Launch launch, Events events) {
    return new Events() {
      @Override
      public void failedToStart(String container, String reason) {
        events.failedToStart(container, reason);
      }

      @Override
      public void started(String container, String imageDigest) {
        events.started(container, imageDigest);
        Optional.ofNullable(running.get(launch.taskArn()))
            .ifPresent(task -> checkHealth(task, container));
      }

      @Override
      public void exited(String container, int exitCode, String reason) {
        events.exited(container, exitCode, reason);
      }

      @Override
      public void health(String container, boolean healthy) {
        events.health(container, healthy);
      }

      @Override
      public void usage(double cpuPercent, double memoryPercent) {
        events.usage(cpuPercent, memoryPercent);
      }
    };
  }

  private void checkHealth(RunningTask task, String name) {
    task.containers.stream()
        .filter(container -> container.spec.name().equals(name))
        .filter(container -> !container.spec.healthCommand().isEmpty())
        .forEach(container -> new HealthCommand(task, container, around).next());
  }

  private void observe() {
    Observer observer = new Observer(around);
    long before = System.nanoTime();
    while (!closed) {
      try {
        TimeUnit.NANOSECONDS.sleep(LOOK_PERIOD.toNanos());
      } catch (InterruptedException e) {
        return;
      }
      List<RunningTask> tasks = around.scheduler().locked(() -> List.copyOf(running.values()));
      long now = System.nanoTime();
      Duration passed = Duration.ofNanos(now - before);
      before = now;
      try {
        Listening listening = Listening.now();
        tasks.forEach(task -> observer.look(task, passed, listening));
      } catch (RuntimeException e) {
        LOG.error("Looking at the processes of tasks failed", e);
      }
    }
  }

  @Override
  public void stop(String taskArn, Duration stopTimeout) {
    Optional.ofNullable(running.get(taskArn)).ifPresent(task -> task.stop(stopTimeout));
  }

  /** Kills every process and waits for their end. Must not be called under the lock. */
  @Override
  public void close() {
    closed = true;
    observing.interrupt();
    List<RunningTask> tasks = around.scheduler().locked(() -> List.copyOf(running.values()));
    List<Process> wrappers =
        around
            .scheduler()
            .locked(
                () -> {
                  tasks.forEach(RunningTask::killAll);
                  return tasks.stream()
                      .flatMap(task -> task.containers.stream())
                      .map(container -> container.wrapper)
                      .filter(java.util.Objects::nonNull)
                      .toList();
                });
    long end = System.nanoTime() + CLOSE_PATIENCE.toNanos();
    try {
      for (Process wrapper : wrappers) {
        wrapper.waitFor(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.shutdownNow();
    folder.close();
  }
}
