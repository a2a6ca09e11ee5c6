package dev.fargate.operator.stack;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * @param containerInsights disabled, enabled or enhanced; @param capacityProviders FARGATE,
 *     FARGATE_SPOT
 */
public record Cluster(
    ResourceId id, String name, String containerInsights, Set<String> capacityProviders)
    implements Resource {
  public Cluster {
    capacityProviders = Collections.unmodifiableSortedSet(new TreeSet<>(capacityProviders));
  }

  @Override
  public String physicalName() {
    return name;
  }
}
