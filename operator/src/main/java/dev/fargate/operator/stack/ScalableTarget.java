package dev.fargate.operator.stack;

/**
 * @param resource {@code service/<cluster>/<service>}; @param suspended all scaling held
 */
public record ScalableTarget(
    ResourceId id, Value resource, int minCapacity, int maxCapacity, boolean suspended)
    implements Resource {
  @Override
  public String physicalName() {
    return resource.toString();
  }
}
