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

  /**
   * @param shift null where ECS moves no traffic
   */
  public record Target(Value targetGroupArn, String containerName, int containerPort, Shift shift) {
    /** A target group that all tasks are registered with. */
    public Target(Value targetGroupArn, String containerName, int containerPort) {
      this(targetGroupArn, containerName, containerPort, null);
    }
  }

  /**
   * What ECS needs to move traffic: the tasks of two deployments are in one target group each, and
   * either may be the one that serves.
   *
   * @param productionRuleArn the listener rule whose weights it writes
   * @param roleArn the infrastructure role it writes them as
   */
  public record Shift(Value alternateTargetGroupArn, Value productionRuleArn, String roleArn) {}

  /**
   * @param zoneRebalancing false for stop-then-start
   * @param rollbackAlarms names of the CloudWatch alarms that end a rollout; in their order
   */
  public record Deployment(
      int minHealthyPercent,
      int maxPercent,
      boolean circuitBreaker,
      boolean rollback,
      boolean zoneRebalancing,
      Strategy strategy,
      List<String> rollbackAlarms) {
    public Deployment {
      rollbackAlarms = rollbackAlarms.stream().sorted().toList();
    }

    /** A rolling deployment that no alarm ends. */
    public Deployment(
        int minHealthyPercent,
        int maxPercent,
        boolean circuitBreaker,
        boolean rollback,
        boolean zoneRebalancing) {
      this(
          minHealthyPercent,
          maxPercent,
          circuitBreaker,
          rollback,
          zoneRebalancing,
          Strategy.ROLLING,
          List.of());
    }

    /** The same with another strategy. */
    public Deployment with(Strategy other) {
      return new Deployment(
          minHealthyPercent,
          maxPercent,
          circuitBreaker,
          rollback,
          zoneRebalancing,
          other,
          rollbackAlarms);
    }

    /** The same, ended by these alarms. */
    public Deployment endedBy(List<String> alarms) {
      return new Deployment(
          minHealthyPercent,
          maxPercent,
          circuitBreaker,
          rollback,
          zoneRebalancing,
          strategy,
          alarms);
    }
  }

  /**
   * How traffic moves (AWS-FACTS 4.7).
   *
   * @param name ROLLING, BLUE_GREEN, LINEAR or CANARY
   * @param bakeMinutes 0 for ROLLING
   * @param percent of a step, or of the canary; null where there is none
   * @param stepMinutes likewise
   */
  public record Strategy(String name, int bakeMinutes, Double percent, Integer stepMinutes) {
    public static final Strategy ROLLING = new Strategy("ROLLING", 0, null, null);

    /** Whether ECS moves the traffic. */
    public boolean shifts() {
      return !name.equals(ROLLING.name());
    }
  }

  /** Whether ECS moves the traffic of this service. */
  public boolean shifts() {
    return deployment.strategy().shifts();
  }

  /** The same with other target groups, deployed in another way. */
  public Service with(List<Target> otherTargets, Deployment otherDeployment) {
    return with(count, otherTargets, otherDeployment, restartToken);
  }

  /** The same with another number of tasks. */
  public Service with(Count other) {
    return with(other, loadBalancers, deployment, restartToken);
  }

  /** The same with a deployment of its own. */
  public Service restarted(String token) {
    return with(count, loadBalancers, deployment, token);
  }

  private Service with(
      Count otherCount, List<Target> otherTargets, Deployment otherDeployment, String otherToken) {
    return new Service(
        id,
        name,
        clusterArn,
        taskDefinitionArn,
        otherCount,
        capacity,
        network,
        otherTargets,
        registries,
        otherDeployment,
        healthCheckGracePeriodSeconds,
        platformVersion,
        propagateTags,
        otherToken);
  }
}
