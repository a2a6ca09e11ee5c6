package dev.fargate.api.v1alpha1.app;

/** How new tasks take over from old ones. */
public final class RolloutStrategy {

  /** Start new tasks, then stop old ones, within the percentages. */
  public static final String ROLLING = "Rolling";

  /** Stop all old tasks, then start new ones. */
  public static final String RECREATE = "Recreate";

  private RolloutStrategy() {}
}
