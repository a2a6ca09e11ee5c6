package dev.fargate.local.aws.tasks.scripted;

import dev.fargate.local.aws.tasks.TaskRuntime.Container;

/** What a container does before it ends by itself. */
public interface Work {
  /**
   * Called under the scheduler's lock, in one moment of its clock; the folders of {@link
   * Container#mounts} are real ones.
   *
   * @return the exit code
   */
  int of(Container container);
}
