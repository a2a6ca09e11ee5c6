package dev.fargate.api.v1alpha1.environment;

/** Values of {@link Access#rulePriorities}. */
public final class PriorityAccess {
  /** By hosts and paths only: the more precise rule comes first. */
  public static final String COMPUTED = "Computed";

  /** By the app's priorityBase, where it sets one. */
  public static final String CHOSEN = "Chosen";

  private PriorityAccess() {}
}
