package dev.fargate.api.v1alpha1.environment;

/** Who reaches a load balancer. */
public final class Scheme {

  /** Public addresses. */
  public static final String INTERNET_FACING = "InternetFacing";

  /** Private addresses only. */
  public static final String INTERNAL = "Internal";

  private Scheme() {}
}
