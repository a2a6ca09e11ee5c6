package dev.fargate.api.v1alpha1;

/** What Fargate has to run tasks on, and what holds for every list of it. */
public final class CapacityType {

  /** Tasks that AWS stops only with the app. */
  public static final String ON_DEMAND = "OnDemand";

  /** Tasks at a lower price that AWS may take away, with two minutes' notice. */
  public static final String SPOT = "Spot";

  public static final String WEIGHT_RULE = "self.exists(c, !has(c.weight) || c.weight > 0)";

  public static final String WEIGHT_MESSAGE =
      "with every weight 0 no task could be placed; give one a weight above 0";

  public static final String BASE_RULE = "self.filter(c, has(c.base) && c.base > 0).size() <= 1";

  public static final String BASE_MESSAGE = "only one kind of capacity can have a base; keep one";

  private CapacityType() {}
}
