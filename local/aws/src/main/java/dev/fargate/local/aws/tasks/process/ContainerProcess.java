package dev.fargate.local.aws.tasks.process;

import dev.fargate.local.aws.tasks.TaskRuntime;
import java.util.regex.Pattern;

/** A container of a running task. Its fields change under the scheduler's lock only. */
final class ContainerProcess {
  private static final Pattern SHELL = Pattern.compile("(/bin/)?(ba)?sh");

  final TaskRuntime.Container spec;
  final ImageTable.Entry image;

  /** Null until it runs. */
  Process wrapper;

  ProcessTree tree;
  boolean exited;

  /** Why this runtime ended it; null when it ends by itself or by a stop. */
  String killedBecause;

  /** Whether it was seen to listen on its own address, so that nobody need look again. */
  boolean bound;

  ContainerProcess(TaskRuntime.Container spec, ImageTable.Entry image) {
    this.spec = spec;
    this.image = image;
  }

  /**
   * Whether its command is a shell's: the programs by which official images start become any
   * command that is not the server's own.
   */
  boolean runsShell() {
    return image.programs().containsKey(ImageTable.ENTRY_POINT)
        && !spec.command().isEmpty()
        && SHELL.matcher(spec.command().get(0)).matches();
  }

  boolean running() {
    return wrapper != null && !exited;
  }
}
