package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.TargetGroup;
import java.util.Set;

/** The name's hash covers all that is create-only, so the name decides (AWS-FACTS 6.1). */
final class TargetGroupDiffer implements Differ<TargetGroup> {
  @Override
  public Class<TargetGroup> type() {
    return TargetGroup.class;
  }

  @Override
  public Set<String> ignorable() {
    return Set.of(
        "healthCheck.path",
        "healthCheck.port",
        "healthCheck.protocol",
        "healthCheck.intervalSeconds",
        "healthCheck.timeoutSeconds",
        "healthCheck.healthyThreshold",
        "healthCheck.unhealthyThreshold",
        "healthCheck.successCodes",
        "attributes");
  }

  @Override
  public void compare(TargetGroup actual, TargetGroup wanted, Changes changes) {
    if (!actual.name().equals(wanted.name())) {
      changes
          .field("name", actual.name(), wanted.name(), Effect.REPLACE)
          .field("port", actual.port(), wanted.port(), Effect.REPLACE)
          .field("protocol", actual.protocol(), wanted.protocol(), Effect.REPLACE)
          .field(
              "protocolVersion", actual.protocolVersion(), wanted.protocolVersion(), Effect.REPLACE)
          .field("vpcId", actual.vpcId(), wanted.vpcId(), Effect.REPLACE);
    }
    TargetGroup.HealthCheck before = actual.healthCheck();
    TargetGroup.HealthCheck after = wanted.healthCheck();
    changes
        .field("healthCheck.protocol", before.protocol(), after.protocol(), Effect.IN_PLACE)
        .field("healthCheck.port", before.port(), after.port(), Effect.IN_PLACE)
        .field("healthCheck.path", before.path(), after.path(), Effect.IN_PLACE)
        .field(
            "healthCheck.intervalSeconds",
            before.intervalSeconds(),
            after.intervalSeconds(),
            Effect.IN_PLACE)
        .field(
            "healthCheck.timeoutSeconds",
            before.timeoutSeconds(),
            after.timeoutSeconds(),
            Effect.IN_PLACE)
        .field(
            "healthCheck.healthyThreshold",
            before.healthyThreshold(),
            after.healthyThreshold(),
            Effect.IN_PLACE)
        .field(
            "healthCheck.unhealthyThreshold",
            before.unhealthyThreshold(),
            after.unhealthyThreshold(),
            Effect.IN_PLACE)
        .field(
            "healthCheck.successCodes",
            before.successCodes(),
            after.successCodes(),
            Effect.IN_PLACE)
        .wantedKeys("attributes", actual.attributes(), wanted.attributes(), Effect.IN_PLACE);
  }
}
