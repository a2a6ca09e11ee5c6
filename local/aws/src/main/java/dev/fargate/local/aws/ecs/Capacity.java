package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;

/**
 * On what a service or a standalone task runs.
 *
 * @param launchType null when a strategy is used
 * @param strategy empty when a launch type is used
 */
record Capacity(String launchType, List<Struct> strategy) {
  /** What a CreateService or RunTask asks for; with neither, the cluster's default strategy. */
  static Capacity of(Struct in, Cluster cluster) {
    String launchType = in.string("launchType").orElse(null);
    if (launchType != null && in.has("capacityProviderStrategy")) {
      throw EcsError.invalid(
          "Specifying both a launch type and capacity provider strategy is not supported. Remove"
              + " one and try again.");
    }
    List<Struct> strategy = launchType == null ? strategy(in, cluster) : List.of();
    if (strategy.isEmpty() && !"FARGATE".equals(launchType)) {
      throw EcsError.unsupported(
          "launch type " + (launchType == null ? "EC2 (the default)" : launchType),
          "use launchType FARGATE or a capacityProviderStrategy.");
    }
    return new Capacity(strategy.isEmpty() ? launchType : null, strategy);
  }

  private static List<Struct> strategy(Struct in, Cluster cluster) {
    List<Struct> requested = in.structs("capacityProviderStrategy");
    CapacityStrategy.check(requested, cluster.capacityProviders);
    return requested.isEmpty() ? cluster.defaultStrategy : List.copyOf(requested);
  }
}
