package dev.fargate.local.aws.autoscaling;

import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** One scalable target with its policies and what scaling remembers of it. */
final class ScalableTarget {
  final TargetKey key;
  final String arn;
  final Instant createdAt;
  int min;
  int max;
  String roleArn;
  boolean inSuspended;
  boolean outSuspended;
  boolean scheduledSuspended;
  Map<String, String> tags = new LinkedHashMap<>();
  final Map<String, ScalingPolicy> policies = new LinkedHashMap<>();
  final Cooldowns cooldowns = new Cooldowns();

  ScalableTarget(TargetKey key, String arn, Instant createdAt) {
    this.key = key;
    this.arn = arn;
    this.createdAt = createdAt;
    this.roleArn =
        "arn:aws:iam::"
            + key.accountId()
            + ":role/aws-service-role/ecs.application-autoscaling.amazonaws.com/"
            + "AWSServiceRoleForApplicationAutoScaling_ECSService";
  }

  int clamp(int capacity) {
    return Math.max(min, Math.min(max, capacity));
  }

  Struct describe() {
    return Struct.of()
        .with("ServiceNamespace", "ecs")
        .with("ResourceId", key.resourceId())
        .with("ScalableDimension", TargetKey.DIMENSION)
        .with("MinCapacity", min)
        .with("MaxCapacity", max)
        .with("RoleARN", roleArn)
        .with("CreationTime", createdAt)
        .with(
            "SuspendedState",
            Struct.of()
                .with("DynamicScalingInSuspended", inSuspended)
                .with("DynamicScalingOutSuspended", outSuspended)
                .with("ScheduledScalingSuspended", scheduledSuspended))
        .with("ScalableTargetARN", arn);
  }
}
