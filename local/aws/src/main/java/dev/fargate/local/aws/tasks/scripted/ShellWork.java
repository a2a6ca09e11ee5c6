package dev.fargate.local.aws.tasks.scripted;

import dev.fargate.local.aws.tasks.MountedPaths;
import dev.fargate.local.aws.tasks.TaskRuntime.Container;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Really runs the container's {@code sh} command, by this machine's shell on the folders that the
 * container has mounted, so that a script which moves files is tried in virtual time as well. It
 * must end at once: nothing of the world goes on meanwhile.
 */
public final class ShellWork implements Work {
  /** A script that waits for the world waits for ever; this ends it, as {@code kill -9} would. */
  private static final long LIMIT_SECONDS = 60;

  private static final int KILLED = 137;

  private final List<String> output = new CopyOnWriteArrayList<>();

  /** What the scripts have printed, one text for each container, oldest first. */
  public List<String> output() {
    return List.copyOf(output);
  }

  @Override
  public int of(Container container) {
    List<String> command = new ArrayList<>(container.entryPoint());
    command.addAll(container.command());
    if (command.isEmpty() || !command.get(0).matches("(/bin/)?sh")) {
      throw new IllegalArgumentException(
          "container " + container.name() + " runs no sh command: " + command);
    }
    MountedPaths paths =
        new MountedPaths(container.mounts(), mount -> mount.folder().get().toString());
    ProcessBuilder builder = new ProcessBuilder(paths.inCommand(command)).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    environment.clear();
    environment.put("PATH", path);
    container
        .environment()
        .forEach((name, value) -> environment.put(name, paths.inVariable(value)));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Thread reader = new Thread(() -> read(process), "output of " + container.name());
      reader.setDaemon(true);
      reader.start();
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      reader.join();
      return ended ? process.exitValue() : KILLED;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return KILLED;
    }
  }

  private void read(Process process) {
    try {
      output.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      output.add(e.toString());
    }
  }
}
