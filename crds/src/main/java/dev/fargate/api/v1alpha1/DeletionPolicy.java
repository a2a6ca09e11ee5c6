package dev.fargate.api.v1alpha1;

/** What deleting the object does to AWS: the values of {@code spec.deletionPolicy}. */
public final class DeletionPolicy {

  /** What the operator created is removed. */
  public static final String DELETE = "Delete";

  /** What the kind's description names is left behind. */
  public static final String RETAIN = "Retain";

  private DeletionPolicy() {}
}
