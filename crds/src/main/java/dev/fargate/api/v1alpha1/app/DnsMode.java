package dev.fargate.api.v1alpha1.app;

/** What becomes of the public names of an ingress: the values of {@code ingresses[].dns}. */
public final class DnsMode {

  /** Records in the environment's public zones. */
  public static final String AUTO = "Auto";

  /** None; somebody else makes them. */
  public static final String NONE = "None";

  private DnsMode() {}
}
