package dev.fargate.local.aws.tasks.process;

import dev.fargate.local.aws.files.TemporaryFiles;
import dev.fargate.local.aws.tasks.MountedPaths;
import dev.fargate.local.aws.tasks.TaskRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;

/**
 * One task and its processes. Its state changes under the scheduler's lock only; whatever waits
 * (starting a process, reading its output) happens in a worker.
 */
final class RunningTask {
  private static final Pattern NOT_MOUNTED = Pattern.compile("\\{mount:[^}]*}");

  final TaskRuntime.Launch launch;
  final TaskRuntime.Events events;
  final List<ContainerProcess> containers;
  private final Surroundings around;
  private final Path directory;
  private final HostNames names;
  private final Runnable gone;
  private final Map<String, Path> folders = new HashMap<>();
  private boolean killAtOnce;

  /**
   * @param directory of this task alone; made at the start, deleted at the end
   * @param gone told when the last container has exited
   */
  RunningTask(
      TaskRuntime.Launch launch,
      TaskRuntime.Events events,
      List<ContainerProcess> containers,
      Path directory,
      Surroundings around,
      Runnable gone) {
    this.launch = launch;
    this.events = events;
    this.containers = containers;
    this.directory = directory;
    this.around = around;
    this.gone = gone;
    this.names = new HostNames(directory.resolve("hosts"), launch.ip());
  }

  /** Makes the task's directory; under the lock, since the names must not change meanwhile. */
  void prepare() {
    containers.stream()
        .flatMap(container -> container.spec.mounts().stream())
        .forEach(mount -> folders.computeIfAbsent(mount.place(), place -> mount.folder().get()));
    try {
      Files.createDirectories(directory.resolve("bin"));
      for (ContainerProcess container : containers) {
        for (Map.Entry<String, List<String>> program : container.image.programs().entrySet()) {
          write(directory.resolve("bin").resolve(program.getKey()), program.getValue(), container);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory of a task, " + directory, e);
    }
    rewriteNames();
  }

  private void write(Path file, List<String> command, ContainerProcess container)
      throws IOException {
    StringBuilder script = new StringBuilder("#!/bin/sh\nexec");
    for (String part : filled(command, container)) {
      script.append(" '").append(part.replace("'", "'\\''")).append('\'');
    }
    Files.writeString(file, script.append(" \"$@\"\n"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Writes the private names as they are now; under the lock. */
  void rewriteNames() {
    if (Files.isDirectory(directory)) {
      names.write(around.registry().records(launch.vpcId()));
    }
  }

  /** Starts every container; in a worker. */
  void run() {
    for (ContainerProcess container : containers) {
      try {
        Process wrapper = builder(container).start();
        around.locked(() -> started(container, wrapper));
      } catch (IOException e) {
        around.locked(
            () -> {
              container.exited = true;
              events.failedToStart(
                  container.spec.name(), "CannotStartContainerError: " + e.getMessage());
            });
      }
    }
  }

  private ProcessBuilder builder(ContainerProcess container) {
    List<String> command = new ArrayList<>();
    if (!container.spec.entryPoint().isEmpty()) {
      command.addAll(paths(container).inCommand(container.spec.entryPoint()));
    } else if (!container.runsShell()) {
      command.addAll(filled(container.image.command(), container));
    }
    command.addAll(paths(container).inCommand(container.spec.command()));
    ProcessBuilder builder =
        new ProcessBuilder(Wrapper.around(names.withNames(command)))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    environment(container, builder.environment());
    return builder;
  }

  /** A command to run beside the container, as {@code docker exec} would. */
  ProcessBuilder beside(ContainerProcess container, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(names.withNames(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    environment(container, builder.environment());
    return builder;
  }

  private void environment(ContainerProcess container, Map<String, String> environment) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    environment.clear(); // A container inherits nothing of the machine it runs on.
    environment.put("PATH", directory.resolve("bin") + ":" + path);
    environment.put("HOME", directory.toString());
    environment.put("TMPDIR", directory.toString());
    environment.put("LANG", "C.UTF-8");
    container
        .image
        .environment()
        .forEach((name, value) -> environment.put(name, filled(value, container)));
    MountedPaths paths = paths(container);
    container
        .spec
        .environment()
        .forEach((name, value) -> environment.put(name, paths.inVariable(value)));
    environment.put("BIND_ADDRESS", launch.ip());
  }

  private List<String> filled(List<String> command, ContainerProcess container) {
    return command.stream().map(part -> filled(part, container)).toList();
  }

  private String filled(String text, ContainerProcess container) {
    String filled =
        text.replace("{address}", launch.ip())
            .replace("{tag}", ImageTable.tag(container.spec.image()));
    for (TaskRuntime.Mount mount : container.spec.mounts()) {
      filled = filled.replace("{mount:" + mount.path() + "}", folder(mount));
    }
    return NOT_MOUNTED.matcher(filled).replaceAll("");
  }

  private MountedPaths paths(ContainerProcess container) {
    return new MountedPaths(container.spec.mounts(), this::folder);
  }

  private String folder(TaskRuntime.Mount mount) {
    return folders.get(mount.place()).toString();
  }

  private void started(ContainerProcess container, Process wrapper) {
    container.wrapper = wrapper;
    container.tree = new ProcessTree(wrapper);
    LogPump pump = new LogPump(wrapper.getInputStream(), lines -> log(container, lines));
    around
        .workers()
        .execute(
            () -> {
              pump.run();
              awaitExit(container, wrapper);
            });
    if (killAtOnce) {
      Wrapper.kill(wrapper);
      return;
    }
    if (!HostNames.isJava(container.image.command()) && !HostNames.namespaces()) {
      logLine(container, "local endpoint: private names do not resolve in this program here");
    }
    events.started(container.spec.name(), digest(container.spec.image()));
  }

  private void log(ContainerProcess container, List<String> lines) {
    if (container.spec.logGroup() != null && !lines.isEmpty()) {
      around.locked(() -> lines.forEach(line -> logLine(container, line)));
    }
  }

  private void logLine(ContainerProcess container, String line) {
    if (container.spec.logGroup() != null) {
      around
          .logs()
          .append(
              container.spec.logGroup(),
              container.spec.logStream(),
              around.scheduler().now(),
              line);
    }
  }

  private void awaitExit(ContainerProcess container, Process wrapper) {
    try {
      int code = wrapper.waitFor();
      around.locked(() -> exited(container, code));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void exited(ContainerProcess container, int code) {
    container.exited = true;
    events.exited(container.spec.name(), code, container.killedBecause);
    if (containers.stream().allMatch(each -> each.exited)) {
      gone.run();
      try {
        around.workers().execute(() -> TemporaryFiles.delete(directory));
      } catch (RejectedExecutionException e) {
        // The endpoint is closing and deletes the directories of all tasks.
      }
    }
  }

  /** TERM now, KILL after the timeout; under the lock. */
  void stop(Duration timeout) {
    for (ContainerProcess container : containers) {
      if (container.running()) {
        Wrapper.term(container.wrapper);
      }
    }
    killAtOnce = true;
    around.scheduler().after(timeout, "kill what is left of " + launch.taskArn(), this::killAll);
  }

  void killAll() {
    killAtOnce = true;
    for (ContainerProcess container : containers) {
      if (container.running()) {
        Wrapper.kill(container.wrapper);
      }
    }
  }

  /**
   * Ends a container for a reason that is then its reason to stop; under the lock.
   *
   * @param logged null, or a line for its log that explains the end
   */
  void kill(ContainerProcess container, String because, String logged) {
    if (container.running() && container.killedBecause == null) {
      container.killedBecause = because;
      if (logged != null) {
        logLine(container, logged);
      }
      Wrapper.kill(container.wrapper);
    }
  }

  private static String digest(String image) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(image.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
