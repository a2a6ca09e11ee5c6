package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Capacity provider strategies: their rules and which provider gets the next task. */
final class CapacityStrategy {
  private static final int MAX_ITEMS = 20;

  private CapacityStrategy() {}

  /** The rules of AWS-FACTS 3.2; {@code associated} are the providers of the cluster. */
  static void check(List<Struct> strategy, List<String> associated) {
    if (strategy.isEmpty()) {
      return;
    }
    if (strategy.size() > MAX_ITEMS) {
      throw EcsError.invalid("A capacity provider strategy can have at most 20 providers.");
    }
    Set<String> seen = new HashSet<>();
    for (Struct item : strategy) {
      String provider = item.required("capacityProvider");
      if (!associated.contains(provider)) {
        throw EcsError.invalid(
            "The specified capacity provider '"
                + provider
                + "' is not associated with the cluster.");
      }
      if (!seen.add(provider)) {
        throw EcsError.invalid("Duplicate capacity provider '" + provider + "' in the strategy.");
      }
    }
    if (strategy.stream().filter(item -> base(item) > 0).count() > 1) {
      throw EcsError.invalid("Only one capacity provider of a strategy can have a base.");
    }
    if (strategy.stream().noneMatch(item -> weight(item) > 0)) {
      throw EcsError.invalid("At least one capacity provider needs a weight above 0.");
    }
  }

  /**
   * The provider of the next task: first the base is filled, then the weights decide.
   *
   * @param running how many tasks each provider has now
   */
  static String next(List<Struct> strategy, Map<String, Integer> running) {
    for (Struct item : strategy) {
      String provider = item.required("capacityProvider");
      if (running.getOrDefault(provider, 0) < base(item)) {
        return provider;
      }
    }
    String best = null;
    double bestLoad = Double.MAX_VALUE;
    for (Struct item : strategy) {
      String provider = item.required("capacityProvider");
      double aboveBase = running.getOrDefault(provider, 0) - base(item) + 1.0;
      double load = weight(item) == 0 ? Double.MAX_VALUE : aboveBase / weight(item);
      if (best == null || load < bestLoad) {
        best = provider;
        bestLoad = load;
      }
    }
    return best;
  }

  private static int base(Struct item) {
    return item.integer("base").orElse(0);
  }

  private static int weight(Struct item) {
    return item.integer("weight").orElse(0);
  }
}
