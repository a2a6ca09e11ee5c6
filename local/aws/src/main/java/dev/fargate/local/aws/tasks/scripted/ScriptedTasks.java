package dev.fargate.local.aws.tasks.scripted;

import dev.fargate.local.aws.elb.TargetProbe;
import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;
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

  /** Everything ever launched, oldest first: what a container was given can be looked at. */
  public List<Launch> launches() {
    return scheduler.locked(() -> List.copyOf(launches));
  }

  /** The tasks whose containers run now. */
  public List<Launch> running() {
    return scheduler.locked(() -> running.values().stream().map(task -> task.launch).toList());
  }

  /** Ends one container of a running task, as a crash would. */
  public void exit(String taskArn, String container, int code) {
    scheduler.locked(
        () -> {
          Optional.ofNullable(running.get(taskArn))
              .orElseThrow(() -> new IllegalArgumentException("not running: " + taskArn))
              .exit(container, code, null);
          return null;
        });
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
    answer.accept(
        listening(request.ip(), request.port())
            .map(script -> new Answer(script.status(request.path()), false))
            .orElse(new Answer(0, true)));
  }

  /** The container script that would answer at an address; empty when nothing does. */
  private Optional<ImageScript> listening(String ip, int port) {
    return running.values().stream()
        .filter(task -> task.launch.ip().equals(ip))
        .flatMap(task -> task.listening(port).stream())
        .map(this::script)
        .filter(script -> script.answers)
        .findFirst();
  }

  ImageScript script(Container container) {
    ImageScript own = scripts.get(container.image() + " " + container.name());
    return own != null ? own : image(container.image());
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
