package dev.fargate.local.aws.autoscaling;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** All scalable targets and what was done with them. */
final class AutoScalingState {
  /** From one seed, so that two runs of a test give the same ids. */
  private final Random random = new Random(20261121);

  final Map<TargetKey, ScalableTarget> targets = new LinkedHashMap<>();
  final Activities activities = new Activities(this::uuid);

  UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  ScalableTarget target(TargetKey key) {
    ScalableTarget target = targets.get(key);
    if (target == null) {
      throw AutoScalingError.targetNotFound(key);
    }
    return target;
  }

  ScalableTarget byArn(String arn) {
    return targets.values().stream()
        .filter(target -> target.arn.equals(arn))
        .findFirst()
        .orElseThrow(() -> AutoScalingError.resourceNotFound(arn));
  }
}
