package dev.fargate.operator.stack;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An ECS service on Fargate. What each change does is in AWS-FACTS 4.1.
 *
 * @param clusterArn immutable, like the name
 * @param count how many tasks, and who decides
 * @param restartToken the last {@code restartedAt}; kept as a tag of the service; null = never
 * @param healthCheckGracePeriodSeconds 0 without a load balancer
 */
public record Service(
    ResourceId id,
    String name,
    Value clusterArn,
    Value taskDefinitionArn,
    Count count,
    List<Capacity> capacity,
    Network network,
    List<Target> loadBalancers,
    List<Value> registries,
    Deployment deployment,
    int healthCheckGracePeriodSeconds,
    String platformVersion,
    String propagateTags,
    String restartToken)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }

  /**
   * @param managed false under autoscaling: sent at creation only, never compared (C5)
   */
  public record Count(int desired, boolean managed) {}

  /**
   * A share of the tasks. A service without any is of launch type FARGATE.
   *
   * @param provider FARGATE or FARGATE_SPOT
   * @param weight 0 to 1000
   * @param base how many tasks come before weights count
   */
  public record Capacity(String provider, int weight, int base) {}

  public record Network(Set<String> subnets, List<Value> securityGroups, boolean assignPublicIp) {
    public Network {
      subnets = Collections.unmodifiableSortedSet(new TreeSet<>(subnets));
      securityGroups = List.copyOf(securityGroups);
    }
  }

  public record Target(Value targetGroupArn, String containerName, int containerPort) {}

  /**
   * @param zoneRebalancing false for stop-then-start
   */
  public record Deployment(
      int minHealthyPercent,
      int maxPercent,
      boolean circuitBreaker,
      boolean rollback,
      boolean zoneRebalancing) {}
}
