package dev.fargate.api.v1alpha1.environment;

/** CloudWatch Container Insights of a cluster. */
public final class ContainerInsights {

  /** Off. */
  public static final String DISABLED = "Disabled";

  /** Metrics per cluster and service. */
  public static final String ENABLED = "Enabled";

  /** Metrics down to task and container. */
  public static final String ENHANCED = "Enhanced";

  private ContainerInsights() {}
}
