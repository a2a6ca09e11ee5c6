package dev.fargate.api.v1alpha1;

/** Group, version and category of the API. */
public final class ApiGroup {

  /** The API group. */
  public static final String NAME = "fargate.dev";

  /** The version of the types in this package. */
  public static final String VERSION = "v1alpha1";

  /** {@code kubectl get fargate} lists all kinds. */
  public static final String CATEGORY = "fargate";

  private ApiGroup() {}
}
