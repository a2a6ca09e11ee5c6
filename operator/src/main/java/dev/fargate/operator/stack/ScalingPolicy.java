package dev.fargate.operator.stack;

/**
 * A target tracking policy. AWS cannot tag it: it is owned through its target and its name.
 *
 * @param metric ECSServiceAverageCPUUtilization, ECSServiceAverageMemoryUtilization or
 *     ALBRequestCountPerTarget
 * @param resourceLabel only for ALBRequestCountPerTarget, else null
 */
public record ScalingPolicy(
    ResourceId id,
    String name,
    Value resource,
    String metric,
    Value resourceLabel,
    int targetValue,
    int scaleInCooldownSeconds,
    int scaleOutCooldownSeconds,
    boolean disableScaleIn)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }
}
