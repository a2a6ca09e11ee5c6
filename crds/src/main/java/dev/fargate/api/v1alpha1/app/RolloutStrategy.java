package dev.fargate.api.v1alpha1.app;

/** How new tasks take over from old ones. */
public final class RolloutStrategy {

  /** Start new tasks, then stop old ones, within the percentages. */
  public static final String ROLLING = "Rolling";

  /** Stop all old tasks, then start new ones. */
  public static final String RECREATE = "Recreate";

  /** Move all traffic at once from the old tasks to as many new ones, and keep both for a while. */
  public static final String BLUE_GREEN = "BlueGreen";

  /** The same in equal steps. */
  public static final String LINEAR = "Linear";

  /** The same with a small share first, then the rest. */
  public static final String CANARY = "Canary";

  /** Whether ECS moves traffic from one target group to another. */
  public static boolean shiftsTraffic(String strategy) {
    return BLUE_GREEN.equals(strategy) || LINEAR.equals(strategy) || CANARY.equals(strategy);
  }

  private RolloutStrategy() {}
}
