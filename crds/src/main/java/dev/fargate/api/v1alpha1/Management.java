package dev.fargate.api.v1alpha1;

/** Whether the operator creates a thing or finds it: the values of {@code management}. */
public final class Management {

  /** Create it, keep it as specified, delete it with the object. */
  public static final String CREATE = "Create";

  /** It exists already; look it up, never change or delete it. */
  public static final String REFERENCE = "Reference";

  private Management() {}
}
