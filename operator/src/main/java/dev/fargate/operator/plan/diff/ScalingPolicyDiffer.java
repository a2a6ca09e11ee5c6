package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.ScalingPolicy;
import java.util.Set;

/** The name and what it scales are create-only; the rest is put again as a whole (AWS-FACTS 7). */
final class ScalingPolicyDiffer implements Differ<ScalingPolicy> {
  @Override
  public Class<ScalingPolicy> type() {
    return ScalingPolicy.class;
  }

  @Override
  public Set<String> ignorable() {
    return Set.of(
        "targetValue", "scaleInCooldownSeconds", "scaleOutCooldownSeconds", "disableScaleIn");
  }

  @Override
  public void compare(ScalingPolicy actual, ScalingPolicy wanted, Changes changes) {
    changes
        .field("name", actual.name(), wanted.name(), Effect.REPLACE)
        .field("resource", actual.resource(), wanted.resource(), Effect.REPLACE)
        .field("metric", actual.metric(), wanted.metric(), Effect.IN_PLACE)
        .field("resourceLabel", actual.resourceLabel(), wanted.resourceLabel(), Effect.IN_PLACE)
        .field("targetValue", actual.targetValue(), wanted.targetValue(), Effect.IN_PLACE)
        .field(
            "scaleInCooldownSeconds",
            actual.scaleInCooldownSeconds(),
            wanted.scaleInCooldownSeconds(),
            Effect.IN_PLACE)
        .field(
            "scaleOutCooldownSeconds",
            actual.scaleOutCooldownSeconds(),
            wanted.scaleOutCooldownSeconds(),
            Effect.IN_PLACE)
        .field("disableScaleIn", actual.disableScaleIn(), wanted.disableScaleIn(), Effect.IN_PLACE);
  }
}
