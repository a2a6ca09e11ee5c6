package dev.fargate.api.v1alpha1;

/** How far the operator goes for an object: the values of {@code spec.mode}. */
public final class Mode {

  /** Compute and write. */
  public static final String APPLY = "Apply";

  /** Compute and show; write nothing to AWS but what an approved plan says. */
  public static final String PLAN = "Plan";

  /** Write nothing to AWS; go on observing. Deletion still works. */
  public static final String PAUSED = "Paused";

  private Mode() {}
}
