package dev.fargate.operator.stack;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
  public LoadBalancer {
    subnets = Collections.unmodifiableSortedSet(new TreeSet<>(subnets));
    securityGroups = List.copyOf(securityGroups);
  }

  @Override
  public String physicalName() {
    return name;
  }
}
