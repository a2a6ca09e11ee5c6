package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.LoadBalancer;

/**
 * Name, type and scheme are create-only, and the name's hash covers the other two (AWS-FACTS 6.1).
 */
final class LoadBalancerDiffer implements Differ<LoadBalancer> {
  @Override
  public Class<LoadBalancer> type() {
    return LoadBalancer.class;
  }

  @Override
  public void compare(LoadBalancer actual, LoadBalancer wanted, Changes changes) {
    if (!actual.name().equals(wanted.name())) {
      changes
          .field("name", actual.name(), wanted.name(), Effect.REPLACE)
          .field("type", actual.type(), wanted.type(), Effect.REPLACE)
          .field("scheme", actual.scheme(), wanted.scheme(), Effect.REPLACE);
    }
    changes
        .set("subnets", actual.subnets(), wanted.subnets(), Effect.IN_PLACE)
        .set("securityGroups", actual.securityGroups(), wanted.securityGroups(), Effect.IN_PLACE);
  }
}
