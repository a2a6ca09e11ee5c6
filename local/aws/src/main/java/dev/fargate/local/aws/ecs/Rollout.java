package dev.fargate.local.aws.ecs;

/**
 * The arithmetic of a rolling deployment, for one look of the scheduler: how many tasks to start
 * and to stop now (AWS-FACTS 4.4). Pure.
 *
 * @param desired the service's desired count
 * @param minHealthy ceil(desired * minimumHealthyPercent / 100)
 * @param maxTasks floor(desired * maximumPercent / 100)
 * @param primary tasks of the newest deployment that are not to stop
 * @param old tasks of the other deployments that are not to stop
 * @param stopping tasks on their way out whose containers may still run; they count against the
 *     maximum, so that with a maximum of 100 % the old task is dead before the new one starts
 * @param halted the primary deployment has failed: nothing is launched
 */
record Rollout(
    int desired,
    int minHealthy,
    int maxTasks,
    Count primary,
    Count old,
    int stopping,
    boolean halted) {

  /** Tasks by health; pending are those of which neither is known. */
  record Count(int healthy, int pending, int unhealthy) {
    static final Count NONE = new Count(0, 0, 0);

    int total() {
      return healthy + pending + unhealthy;
    }
  }

  /**
   * @param start how many tasks of the primary deployment to launch
   * @param stopSurplus how many sound ones of it to stop, because fewer are desired
   * @param stopUnhealthy how many of its unhealthy ones to stop
   * @param stopOldUnsound how many of the old ones that are not healthy to stop
   * @param stopOldHealthy how many healthy old ones to stop
   * @param stuck the percentages allow neither to start nor to stop anything
   */
  record Step(
      int start,
      int stopSurplus,
      int stopUnhealthy,
      int stopOldUnsound,
      int stopOldHealthy,
      boolean stuck) {
    boolean stopsNothing() {
      return stopSurplus + stopUnhealthy + stopOldUnsound + stopOldHealthy == 0;
    }
  }

  static Rollout of(
      int desired, DeploymentSettings settings, Count primary, Count old, int stopping) {
    return new Rollout(
        desired,
        (int) Math.ceil(desired * settings.minimumHealthyPercent() / 100.0),
        (int) Math.floor(desired * settings.maximumPercent() / 100.0),
        primary,
        old,
        stopping,
        false);
  }

  Rollout whenHalted(boolean nowHalted) {
    return new Rollout(desired, minHealthy, maxTasks, primary, old, stopping, nowHalted);
  }

  Step next() {
    if (halted) {
      return whenHalted();
    }
    int need = Math.max(0, desired - primary.healthy - primary.pending);
    int room = Math.max(0, maxTasks - primary.total() - old.total() - stopping);
    int start = Math.min(need, room);
    int blocked = need - start;
    Step step =
        new Step(
            start,
            surplus(),
            // Start first: an unhealthy task goes when a sound one has taken its place.
            Math.min(primary.unhealthy, above(primary.healthy + primary.unhealthy, desired)),
            old.pending + old.unhealthy,
            stopOldHealthy(blocked),
            false);
    if (blocked == 0 || start > 0 || !step.stopsNothing() || stopping > 0) {
      return step;
    }
    if (primary.unhealthy > 0) {
      // No room to start first: one unhealthy task at a time makes way.
      return new Step(0, 0, 1, 0, 0, false);
    }
    return new Step(0, 0, 0, 0, 0, primary.pending == 0);
  }

  /** Nothing starts and the old tasks serve on, but the desired count still bounds them all. */
  private Step whenHalted() {
    int stopMine = surplus();
    int left = primary.healthy + primary.pending - stopMine;
    return new Step(
        0, stopMine, 0, 0, Math.min(old.healthy, above(left + old.healthy, desired)), false);
  }

  private int surplus() {
    return above(primary.healthy + primary.pending, desired);
  }

  /**
   * As many as new healthy ones have replaced; and where the maximum leaves no room to start, as
   * many more as the minimum lets go.
   */
  private int stopOldHealthy(int blocked) {
    int healthy = primary.healthy + old.healthy;
    int replaced = above(healthy, desired);
    int makingWay = Math.min(above(healthy, minHealthy), Math.max(0, blocked - stopping));
    return Math.min(old.healthy, Math.max(replaced, makingWay));
  }

  private static int above(int count, int bound) {
    return Math.max(0, count - bound);
  }
}
