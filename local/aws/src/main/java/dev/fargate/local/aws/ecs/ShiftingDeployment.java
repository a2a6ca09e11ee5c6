package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.ecs.Rollout.Count;
import dev.fargate.local.aws.ecs.TaskHealth.Verdict;
import java.util.List;
import java.util.Map;

/**
 * The tasks of a service while its traffic is shifted: those that serve and the new ones, as many
 * of each as are desired, side by side until the clean-up. The percentages mean nothing here.
 */
final class ShiftingDeployment {
  private final ServiceTasks tasks;
  private final TrafficShift shift;

  ShiftingDeployment(ServiceTasks tasks, TrafficShift shift) {
    this.tasks = tasks;
    this.shift = shift;
  }

  void look(Service service, Map<Task, Verdict> verdicts) {
    Deployment green = service.primary();
    Deployment blue = green.stage == Deployment.Stage.CLEAN_UP ? null : green.blue;
    tasks.stop(
        service,
        verdicts.keySet().stream()
            .filter(task -> task.deployment != green && task.deployment != blue)
            .toList());
    Count mine = keep(service, verdicts, green);
    if (blue != null) {
      keep(service, verdicts, blue);
    }
    boolean alone =
        service.tasks().stream()
            .noneMatch(
                task ->
                    task.deployment != green && (task.wanted || task.status.containersMayRun()));
    boolean scaledUp = mine.healthy() == service.desiredCount && mine.total() == mine.healthy();
    shift.look(service, scaledUp, alone);
    service.deployments.removeIf(
        deployment ->
            deployment != green && deployment != blue && service.tasks(deployment).isEmpty());
  }

  /** Brings one deployment's tasks to the desired count. */
  private Count keep(Service service, Map<Task, Verdict> verdicts, Deployment deployment) {
    Count count = ServiceTasks.count(verdicts, task -> task.deployment == deployment);
    int stopping =
        (int)
            service.tasks(deployment).stream()
                .filter(task -> !task.wanted && task.status.containersMayRun())
                .count();
    Rollout.Step step =
        Rollout.of(service.desiredCount, DeploymentSettings.DEFAULT, count, Count.NONE, stopping)
            .next();
    tasks.stop(
        service,
        ServiceTasks.pick(
            verdicts, t -> t.deployment == deployment, Verdict.UNHEALTHY, step.stopUnhealthy()));
    List<Task> pending =
        ServiceTasks.pick(
            verdicts, t -> t.deployment == deployment, Verdict.PENDING, step.stopSurplus());
    tasks.stop(service, pending);
    tasks.stop(
        service,
        ServiceTasks.pick(
            verdicts,
            t -> t.deployment == deployment,
            Verdict.HEALTHY,
            step.stopSurplus() - pending.size()));
    tasks.start(service, deployment, step.start(), count.unhealthy());
    return count;
  }
}
