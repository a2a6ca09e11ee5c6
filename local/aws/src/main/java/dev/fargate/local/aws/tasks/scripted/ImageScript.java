package dev.fargate.local.aws.tasks.scripted;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How the containers of one image behave. Changes hold for running containers too, except for the
 * start delay, the pull with its digest and the exit, which are read when a container starts.
 * Without any script: it starts after the default delay, answers 200 everywhere by HTTP and HTTPS,
 * is healthy and uses 5 % CPU and memory.
 */
public final class ImageScript {
  private static final double IDLE_PERCENT = 5;

  private final ScriptedTasks tasks;
  Duration startDelay;
  String pullError;

  /** Null: one of the image's name. */
  String digest;

  Duration exitAfter;
  int exitCode;
  String exitReason;

  /** What it does before it ends; null when it only ends. */
  Work work;

  boolean ignoresTerm;
  boolean unreachable;
  Duration stopDelay = Duration.ZERO;
  static final int EXIT_ON_TERM = 143;
  boolean containerHealthy = true;
  boolean answers = true;

  /** Null: HTTP and HTTPS alike. */
  private String protocol;

  int defaultStatus = 200;
  final Map<String, Integer> statusByPath = new HashMap<>();
  double cpuPercent = IDLE_PERCENT;
  double memoryPercent = IDLE_PERCENT;

  ImageScript(ScriptedTasks tasks, Duration startDelay) {
    this.tasks = tasks;
    this.startDelay = startDelay;
  }

  ImageScript(ImageScript other) {
    this(other.tasks, other.startDelay);
    pullError = other.pullError;
    digest = other.digest;
    exitAfter = other.exitAfter;
    exitCode = other.exitCode;
    exitReason = other.exitReason;
    work = other.work;
    ignoresTerm = other.ignoresTerm;
    unreachable = other.unreachable;
    stopDelay = other.stopDelay;
    containerHealthy = other.containerHealthy;
    answers = other.answers;
    protocol = other.protocol;
    defaultStatus = other.defaultStatus;
    statusByPath.putAll(other.statusByPath);
    cpuPercent = other.cpuPercent;
    memoryPercent = other.memoryPercent;
  }

  /**
   * Nothing reaches the containers any more, neither TERM nor KILL: they run on, though ECS gives
   * them up. They end when {@link ScriptedTasks#exit} says so.
   */
  public ImageScript cannotBeReached() {
    return change(() -> unreachable = true);
  }

  /** How long the pull and the start take. */
  public ImageScript startsAfter(Duration delay) {
    return change(() -> startDelay = delay);
  }

  /** The image cannot be had; {@code reason} as in AWS-FACTS 4.6. */
  public ImageScript failsToPull(String reason) {
    return change(() -> pullError = reason);
  }

  /** The tag has moved: what is pulled from now on is another image. */
  public ImageScript resolvesTo(String imageDigest) {
    return change(() -> digest = imageDigest);
  }

  /** Each container ends this long after its start; zero means at once. */
  public ImageScript exitsAfter(Duration delay, int code) {
    return change(
        () -> {
          exitAfter = delay;
          exitCode = code;
          exitReason = null;
          work = null;
        });
  }

  /**
   * Each container works so long, from its start or from when it got the lock that it takes first,
   * and then ends with the code of its work. What it changes it changes at once, at the end; one
   * that is stopped before has changed nothing.
   */
  public ImageScript worksFor(Duration time, Work does) {
    return change(
        () -> {
          exitAfter = time;
          work = does;
        });
  }

  /** Each container runs out of memory this long after its start: code 137. */
  public ImageScript runsOutOfMemoryAfter(Duration delay) {
    return change(
        () -> {
          exitAfter = delay;
          exitCode = 137;
          work = null;
          exitReason = "OutOfMemoryError: Container killed due to memory usage";
        });
  }

  /** Containers started from now on run until they are stopped, and the image can be pulled. */
  public ImageScript runs() {
    return change(
        () -> {
          exitAfter = null;
          work = null;
          pullError = null;
        });
  }

  /** How long it takes to end after TERM; beyond the stop timeout it is killed (137). */
  public ImageScript stopsAfter(Duration delay) {
    return change(() -> stopDelay = delay);
  }

  /** Never ends on TERM. */
  public ImageScript ignoresTerm() {
    return change(() -> ignoresTerm = true);
  }

  /** What the container health check finds. */
  public ImageScript containerHealth(boolean healthy) {
    return change(() -> containerHealthy = healthy);
  }

  /** The HTTP status of one path. */
  public ImageScript answers(String path, int status) {
    return change(
        () -> {
          answers = true;
          statusByPath.put(path, status);
        });
  }

  /** The HTTP status of every path without one of its own. */
  public ImageScript answers(int status) {
    return change(
        () -> {
          answers = true;
          defaultStatus = status;
        });
  }

  /** Whoever asks by another protocol than this one, HTTP or HTTPS, is not understood. */
  public ImageScript answersOnlyBy(String spoken) {
    return change(() -> protocol = spoken);
  }

  /** Requests time out. */
  public ImageScript answersNothing() {
    return change(() -> answers = false);
  }

  /** CPU use, percent of the task's size. */
  public ImageScript cpu(double percent) {
    return change(() -> cpuPercent = percent);
  }

  /** Memory use, percent of the task's size. */
  public ImageScript memory(double percent) {
    return change(() -> memoryPercent = percent);
  }

  private ImageScript change(Runnable change) {
    tasks.changed(change);
    return this;
  }

  boolean speaks(String asked) {
    return protocol == null || protocol.equals(asked);
  }

  int status(String path) {
    return statusByPath.getOrDefault(path, defaultStatus);
  }
}
