package dev.fargate.local.aws.tasks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs the containers of one task. Two exist: scripted (virtual clock, behaviour set by a test) and
 * process (real processes on loopback addresses). All calls and all callbacks happen under the
 * scheduler's lock; an implementation reports later, never from inside {@link #start}.
 */
public interface TaskRuntime {
  void start(Launch launch, Events events);

  /** TERM now, KILL after the stop timeout; {@link Events#exited} follows for every container. */
  void stop(String taskArn, Duration stopTimeout);

  /** Releases everything at once; used when the endpoint closes. */
  void close();

  /**
   * A task to run.
   *
   * @param service null for a standalone task
   * @param ip the private address of its interface; with processes the one to bind
   * @param cpuUnits 1024 = one vCPU, for the whole task
   * @param vpcId whose private names it can resolve
   */
  record Launch(
      String taskArn,
      String cluster,
      String service,
      String ip,
      String vpcId,
      int cpuUnits,
      int memoryMiB,
      List<Container> containers) {}

  /**
   * @param environment plain values and resolved secrets together; never logged
   * @param healthCommand as defined, first CMD or CMD-SHELL; empty when there is none
   * @param logGroup null without the awslogs driver
   */
  record Container(
      String name,
      String image,
      List<String> entryPoint,
      List<String> command,
      Map<String, String> environment,
      boolean essential,
      List<Integer> ports,
      List<String> healthCommand,
      HealthTiming healthTiming,
      Duration stopTimeout,
      String logGroup,
      String logStream,
      List<Mount> mounts) {
    /** Without mounts. */
    public Container(
        String name,
        String image,
        List<String> entryPoint,
        List<String> command,
        Map<String, String> environment,
        boolean essential,
        List<Integer> ports,
        List<String> healthCommand,
        HealthTiming healthTiming,
        Duration stopTimeout,
        String logGroup,
        String logStream) {
      this(
          name,
          image,
          entryPoint,
          command,
          environment,
          essential,
          ports,
          healthCommand,
          healthTiming,
          stopTimeout,
          logGroup,
          logStream,
          List.of());
    }
  }

  /**
   * A directory that outlives the task.
   *
   * @param path where the container finds it
   * @param place the same text for the same directory
   * @param folder where it really lies on this machine; asked for by processes only
   */
  record Mount(String path, boolean readOnly, String place, Supplier<Path> folder) {}

  record HealthTiming(Duration interval, Duration timeout, int retries, Duration startPeriod) {}

  /** What a runtime reports of a task. */
  interface Events {
    /** The image cannot be had: text as in AWS-FACTS 4.6, for example CannotPullContainerError. */
    void failedToStart(String container, String reason);

    void started(String container, String imageDigest);

    /**
     * @param reason null, or OutOfMemoryError text
     */
    void exited(String container, int exitCode, String reason);

    /** Container health, only with a health command: HEALTHY or UNHEALTHY. */
    void health(String container, boolean healthy);

    /** Use of the whole task since the last report, percent of its size. */
    void usage(double cpuPercent, double memoryPercent);
  }
}
