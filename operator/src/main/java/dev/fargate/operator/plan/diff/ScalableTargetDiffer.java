package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.ScalableTarget;
import java.util.Set;

/** Bounds change in place; AWS clamps the count into them at once (AWS-FACTS 7). */
final class ScalableTargetDiffer implements Differ<ScalableTarget> {
  @Override
  public Class<ScalableTarget> type() {
    return ScalableTarget.class;
  }

  @Override
  public Set<String> ignorable() {
    return Set.of("minCapacity", "maxCapacity", "suspended");
  }

  @Override
  public void compare(ScalableTarget actual, ScalableTarget wanted, Changes changes) {
    changes
        .field("resource", actual.resource(), wanted.resource(), Effect.REPLACE)
        .field("minCapacity", actual.minCapacity(), wanted.minCapacity(), Effect.IN_PLACE)
        .field("maxCapacity", actual.maxCapacity(), wanted.maxCapacity(), Effect.IN_PLACE)
        .field("suspended", actual.suspended(), wanted.suspended(), Effect.IN_PLACE);
  }
}
