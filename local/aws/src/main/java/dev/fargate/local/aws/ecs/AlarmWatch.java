package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Watches a deployment by its alarms, from its start to the end of its bake time (AWS's guide,
 * deployment-alarm-failure): one that is raised meanwhile fails it.
 */
final class AlarmWatch {
  private final Alarms alarms;
  private final Scheduler scheduler;

  AlarmWatch(Alarms alarms, Scheduler scheduler) {
    this.alarms = alarms;
    this.scheduler = scheduler;
  }

  /**
   * Where one is raised already none is looked at until the next deployment, so that what ends an
   * outage can be deployed.
   */
  void begin(Deployment deployment) {
    DeploymentAlarms asked = deployment.settings.alarms();
    deployment.watched = asked.watch() && asked.names().stream().noneMatch(alarms::isRaised);
  }

  /** Those that are raised now; none where the deployment is not watched, or watched no more. */
  List<String> raised(Deployment deployment) {
    boolean open =
        deployment.watched
            && deployment.rollout == Deployment.Rollout.IN_PROGRESS
            && deployment.succeededAt == null
            && deployment.rolledBackFrom == null
            && deployment.stage != Deployment.Stage.CLEAN_UP;
    return open
        ? deployment.settings.alarms().names().stream().filter(alarms::isRaised).toList()
        : List.of();
  }

  /**
   * Whether a rolling deployment that has all its tasks is still watched. AWS works the time out
   * from the alarms' settings and does not say how: here it is the longest time that one looks back
   * (UNVERIFIED).
   */
  boolean bakes(Deployment deployment) {
    if (!deployment.watched
        || deployment.succeededAt != null
        || deployment.rolledBackFrom != null
        || deployment.settings.strategy().shifts()) {
      return false;
    }
    Instant now = scheduler.now();
    if (deployment.reachedAt == null) {
      deployment.reachedAt = now;
    }
    Duration longest =
        deployment.settings.alarms().names().stream()
            .map(alarms::window)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return now.isBefore(deployment.reachedAt.plus(scheduler.scaled(longest)));
  }
}
