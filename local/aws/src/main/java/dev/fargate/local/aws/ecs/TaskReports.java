package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.tasks.TaskRuntime;

/** Takes what the runtime reports of one task. */
final class TaskReports implements TaskRuntime.Events {
  private final Task task;
  private final TaskLifecycle lifecycle;
  private final Metrics metrics;

  TaskReports(Task task, TaskLifecycle lifecycle, Metrics metrics) {
    this.task = task;
    this.lifecycle = lifecycle;
    this.metrics = metrics;
  }

  @Override
  public void failedToStart(String container, String reason) {
    TaskContainer failed = task.container(container);
    failed.ended = true;
    failed.reason = reason;
    lifecycle.containerFailed(task, reason);
    lifecycle.containerEnded(task);
  }

  @Override
  public void started(String container, String imageDigest) {
    TaskContainer started = task.container(container);
    started.started = true;
    started.imageDigest = imageDigest;
    task.version++;
    if (task.containers.stream().allMatch(c -> c.started || c.ended)) {
      lifecycle.containersStarted(task);
    }
  }

  @Override
  public void exited(String container, int exitCode, String reason) {
    TaskContainer exited = task.container(container);
    if (exited.ended) {
      return;
    }
    exited.ended = true;
    exited.exitCode = exitCode;
    exited.reason = reason;
    task.version++;
    if (exited.essential) {
      lifecycle.essentialContainerExited(task);
    }
    lifecycle.containerEnded(task);
  }

  @Override
  public void health(String container, boolean healthy) {
    TaskContainer.Health now =
        healthy ? TaskContainer.Health.HEALTHY : TaskContainer.Health.UNHEALTHY;
    TaskContainer checked = task.container(container);
    if (checked.health != now && !checked.ended) {
      checked.health = now;
      lifecycle.healthChanged(task);
    }
  }

  @Override
  public void usage(double cpuPercent, double memoryPercent) {
    // ECS measures services; of a standalone task only Container Insights knows.
    if (task.status != TaskStatus.RUNNING || task.standalone()) {
      return;
    }
    String dimension = task.service.cluster.name + "/" + task.service.name;
    metrics.sample("AWS/ECS", "CPUUtilization", dimension, cpuPercent);
    metrics.sample("AWS/ECS", "MemoryUtilization", dimension, memoryPercent);
  }
}
