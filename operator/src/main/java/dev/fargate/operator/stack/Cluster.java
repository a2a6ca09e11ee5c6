package dev.fargate.operator.stack;

import java.util.Set;

/**
 * @param containerInsights disabled, enabled or enhanced; @param capacityProviders FARGATE,
 *     FARGATE_SPOT
 */
public record Cluster(
    ResourceId id, String name, String containerInsights, Set<String> capacityProviders)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }
}
