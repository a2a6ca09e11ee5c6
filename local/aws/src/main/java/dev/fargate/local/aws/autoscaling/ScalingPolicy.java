package dev.fargate.local.aws.autoscaling;

import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.List;

/** One target tracking policy with its two alarms. */
final class ScalingPolicy {
  final String name;
  final String arn;
  final TargetKey key;
  final Instant createdAt;
  final List<Alarm> alarms;
  Struct configuration;
  TrackedMetric metric;

  ScalingPolicy(String name, String arn, TargetKey key, List<Alarm> alarms, Instant createdAt) {
    this.name = name;
    this.arn = arn;
    this.key = key;
    this.alarms = alarms;
    this.createdAt = createdAt;
  }

  double targetValue() {
    return ((Number) configuration.get("TargetValue")).doubleValue();
  }

  boolean scaleInDisabled() {
    return configuration.bool("DisableScaleIn").orElse(false);
  }

  int cooldownSeconds(String member) {
    return configuration.integer(member).orElse(Cooldowns.DEFAULT_SECONDS);
  }

  List<Struct> describeAlarms() {
    return alarms.stream()
        .map(a -> Struct.of().with("AlarmName", a.name()).with("AlarmARN", a.arn()))
        .toList();
  }

  Struct describe() {
    return Struct.of()
        .with("PolicyARN", arn)
        .with("PolicyName", name)
        .with("ServiceNamespace", "ecs")
        .with("ResourceId", key.resourceId())
        .with("ScalableDimension", TargetKey.DIMENSION)
        .with("PolicyType", "TargetTrackingScaling")
        .with("TargetTrackingScalingPolicyConfiguration", configuration)
        .with("Alarms", describeAlarms())
        .with("CreationTime", createdAt);
  }

  /** An alarm's name and ARN as AWS makes them (AWS-FACTS 7). */
  record Alarm(String name, String arn) {
    static Alarm of(TargetKey key, String kind, String uuid) {
      String name = "TargetTracking-" + key.resourceId() + "-Alarm" + kind + "-" + uuid;
      return new Alarm(
          name, "arn:aws:cloudwatch:" + key.region() + ":" + key.accountId() + ":alarm:" + name);
    }
  }
}
