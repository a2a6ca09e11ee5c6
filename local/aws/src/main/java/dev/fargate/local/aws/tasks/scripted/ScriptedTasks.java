package dev.fargate.local.aws.tasks.scripted;

import dev.fargate.local.aws.elb.TargetProbe;
import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tasks that only pretend: a test says per image how its containers start, answer and end, and may
 * change that while they run. Nothing runs outside the scheduler, so with the virtual clock hours
 * take milliseconds and every run is the same.
 *
 * <pre>{@code scripted.image("web:2").exitsAfter(Duration.ofSeconds(5), 1);}</pre>
 */
public final class ScriptedTasks implements TaskRuntime, TargetProbe {
  /** How long a pull and a start take on Fargate (AWS-FACTS 4.4). */
  private static final Duration START_DELAY = Duration.ofSeconds(5);

  /** CloudWatch gets utilisation each minute; half of that so that no period is empty. */
  private static final Duration USAGE_PERIOD = Duration.ofSeconds(30);

  private final Scheduler scheduler;
  private final Map<String, ImageScript> scripts = new LinkedHashMap<>();
  private final Map<String, ScriptedTask> running = new LinkedHashMap<>();
  private final List<Launch> launches = new ArrayList<>();
  final WrittenPlaces places = new WrittenPlaces();

  public ScriptedTasks(Scheduler scheduler) {
    this.scheduler = scheduler;
    scheduler.every(
        USAGE_PERIOD,
        "report usage of scripted tasks",
        () -> running.values().forEach(ScriptedTask::reportUsage));
  }

  /** The script of an image, exactly as the task definition names it. */
  public ImageScript image(String image) {
    return scheduler.locked(
        () -> scripts.computeIfAbsent(image, name -> new ImageScript(this, START_DELAY)));
  }

  /** The script of one container of an image, where two containers share the image. */
  public ImageScript image(String image, String container) {
    return image(image + " " + container);
  }

  /**
   * A script for one running task alone, whatever its images do; it begins as a copy of the script
   * of its first container.
   *
   * @throws IllegalArgumentException when no such task runs
   */
  public ImageScript task(String taskArn) {
    return scheduler.locked(
        () -> {
          Launch launch = runningTask(taskArn).launch;
          return scripts.computeIfAbsent(
              taskArn, arn -> new ImageScript(script(launch, launch.containers().get(0))));
        });
  }

  /** Everything ever launched, oldest first: what a container was given can be looked at. */
  public List<Launch> launches() {
    return scheduler.locked(() -> List.copyOf(launches));
  }

  /** One container's time as a writer of a mounted directory; {@code until} is null while it is. */
  public record Writer(String taskArn, String place, Instant from, Instant until) {
    /**
     * Whether two have written at the same time where one could see the other's files: one mounts
     * the file system that the other has a directory of, for example.
     */
    public boolean meets(Writer other) {
      boolean before = until != null && !until.isAfter(other.from);
      boolean after = other.until != null && !other.until.isAfter(from);
      return !before && !after && WrittenPlaces.overlap(place, other.place);
    }
  }

  /** Everybody who ever wrote into a mounted directory, oldest first. */
  public List<Writer> writers() {
    return scheduler.locked(
        () ->
            places.all().stream()
                .map(w -> new Writer(w.container().split(" ")[0], w.place(), w.from(), w.until()))
                .toList());
  }

  /** The tasks whose containers run now. */
  public List<Launch> running() {
    return scheduler.locked(() -> running.values().stream().map(task -> task.launch).toList());
  }

  /** Ends one container of a running task, as a crash would. */
  public void exit(String taskArn, String container, int code) {
    scheduler.locked(
        () -> {
          runningTask(taskArn).exit(container, code, null);
          return null;
        });
  }

  private ScriptedTask runningTask(String taskArn) {
    return Optional.ofNullable(running.get(taskArn))
        .orElseThrow(() -> new IllegalArgumentException("not running: " + taskArn));
  }

  @Override
  public void start(Launch launch, Events events) {
    launches.add(launch);
    ScriptedTask task = new ScriptedTask(launch, events, this, scheduler);
    running.put(launch.taskArn(), task);
    task.start();
  }

  @Override
  public void stop(String taskArn, Duration stopTimeout) {
    Optional.ofNullable(running.get(taskArn)).ifPresent(task -> task.stop(stopTimeout));
  }

  @Override
  public void close() {
    running.values().forEach(ScriptedTask::abandon);
    running.clear();
  }

  @Override
  public void probe(Request request, Consumer<Answer> answer) {
    Optional<ImageScript> listening = listening(request.ip(), request.port());
    if (listening.isEmpty() || !listening.get().speaks(request.protocol())) {
      answer.accept(new Answer(0, false));
    } else if (listening.get().answers) {
      answer.accept(new Answer(listening.get().status(request.path()), false));
    } else {
      scheduler.after(
          request.timeout(), "probe times out", () -> answer.accept(new Answer(0, true)));
    }
  }

  /** The script of the container that listens at an address; empty when none does. */
  private Optional<ImageScript> listening(String ip, int port) {
    for (ScriptedTask task : running.values()) {
      Optional<Container> container =
          task.launch.ip().equals(ip) ? task.listening(port) : Optional.empty();
      if (container.isPresent()) {
        return Optional.of(script(task.launch, container.get()));
      }
    }
    return Optional.empty();
  }

  ImageScript script(Launch launch, Container container) {
    ImageScript ofTask = scripts.get(launch.taskArn());
    ImageScript ofContainer = scripts.get(container.image() + " " + container.name());
    if (ofTask != null) {
      return ofTask;
    }
    return ofContainer != null ? ofContainer : image(container.image());
  }

  void gone(ScriptedTask task) {
    running.remove(task.launch.taskArn());
  }

  void changed(Runnable change) {
    scheduler.locked(
        () -> {
          change.run();
          running.values().forEach(ScriptedTask::scriptChanged);
          return null;
        });
  }
}
