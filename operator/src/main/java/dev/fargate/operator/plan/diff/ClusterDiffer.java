package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.Cluster;

/** The name is create-only. */
final class ClusterDiffer implements Differ<Cluster> {
  @Override
  public Class<Cluster> type() {
    return Cluster.class;
  }

  @Override
  public void compare(Cluster actual, Cluster wanted, Changes changes) {
    changes
        .field("name", actual.name(), wanted.name(), Effect.REPLACE)
        .field(
            "containerInsights",
            actual.containerInsights(),
            wanted.containerInsights(),
            Effect.IN_PLACE)
        .set(
            "capacityProviders",
            actual.capacityProviders(),
            wanted.capacityProviders(),
            Effect.IN_PLACE);
  }
}
