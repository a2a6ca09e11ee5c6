package dev.fargate.api.v1alpha1.environment;

/** How namespaces are chosen: the values of {@code access.namespaces.from}. */
public final class NamespacesFrom {

  /** Every namespace. */
  public static final String ALL = "All";

  /** The ones listed by name. */
  public static final String NAMES = "Names";

  /** The ones whose labels match. */
  public static final String SELECTOR = "Selector";

  private NamespacesFrom() {}
}
