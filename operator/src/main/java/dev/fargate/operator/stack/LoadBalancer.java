package dev.fargate.operator.stack;

import java.util.List;
import java.util.Set;

/**
 * @param type application (network comes with its issue); create-only like name and scheme
 * @param scheme internet-facing or internal
 */
public record LoadBalancer(
    ResourceId id,
    String name,
    String type,
    String scheme,
    Set<String> subnets,
    List<Value> securityGroups)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }
}
