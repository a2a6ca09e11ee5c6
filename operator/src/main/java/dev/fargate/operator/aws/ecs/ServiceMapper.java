package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.RolledBack;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Service.Count;
import dev.fargate.operator.stack.Service.Network;
import dev.fargate.operator.stack.Service.Target;
import dev.fargate.operator.stack.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.services.ecs.model.AdvancedConfiguration;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.CanaryConfiguration;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.LinearConfiguration;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.ResourceManagementType;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

/** A service from and to ECS's form. */
final class ServiceMapper {
  /** As many as a status shows; AWS keeps a hundred (AWS-FACTS 4.5). */
  private static final int EVENTS = 20;

  /** AWS's defaults (AWS-FACTS 4.1). */
  private static final int DEFAULT_MAX_PERCENT = 200;

  private static final int DEFAULT_MIN_PERCENT = 100;

  private ServiceMapper() {}

  /**
   * @param images image by task definition ARN; null where unknown
   */
  static Seen seen(
      software.amazon.awssdk.services.ecs.model.Service actual, Function<String, String> images) {
    Map<String, String> tags = new TreeMap<>(EcsTags.map(actual.tags()));
    if (actual.resourceManagementType() == ResourceManagementType.ECS) {
      // ECS says so in a field: as if it carried a tag, which is what managers are known by.
      tags.put(Ownership.MANAGED_BY_ECS, actual.resourceManagementTypeAsString());
    }
    return new Seen(
        actual.serviceArn(),
        resource(actual, tags),
        Map.of(Output.ARN, actual.serviceArn(), Output.NAME, actual.serviceName()),
        tags,
        "DRAINING".equals(actual.status()) ? Lifecycle.DELETING : Lifecycle.ACTIVE,
        null,
        rollout(actual, images));
  }

  private static Service resource(
      software.amazon.awssdk.services.ecs.model.Service actual, Map<String, String> tags) {
    return new Service(
        Seen.id(Kind.SERVICE, tags),
        actual.serviceName(),
        Value.known(actual.clusterArn()),
        Value.known(actual.taskDefinition()),
        new Count(actual.desiredCount(), true),
        actual.capacityProviderStrategy().stream()
            .map(
                item ->
                    new Service.Capacity(
                        item.capacityProvider(), orZero(item.weight()), orZero(item.base())))
            .toList(),
        network(actual.networkConfiguration()),
        targets(actual.loadBalancers()),
        arns(actual.serviceRegistries()),
        deployment(actual),
        actual.healthCheckGracePeriodSeconds() == null ? 0 : actual.healthCheckGracePeriodSeconds(),
        actual.platformVersion() == null ? "LATEST" : actual.platformVersion(),
        actual.propagateTags() == null ? "NONE" : actual.propagateTagsAsString(),
        tags.get(Ownership.RESTARTED_AT));
  }

  /** What a deployment asked for, as its service revision says. */
  static RolledBack rolledBack(ServiceRevision revision) {
    return new RolledBack(
        revision.taskDefinition(),
        network(revision.networkConfiguration()),
        targets(revision.loadBalancers()),
        arns(revision.serviceRegistries()),
        revision.platformVersion());
  }

  private static Network network(NetworkConfiguration actual) {
    AwsVpcConfiguration vpc =
        actual == null ? AwsVpcConfiguration.builder().build() : actual.awsvpcConfiguration();
    return new Network(
        new TreeSet<>(vpc.subnets()),
        vpc.securityGroups().stream().map(Value::known).toList(),
        vpc.assignPublicIp() == AssignPublicIp.ENABLED);
  }

  private static List<Target> targets(List<LoadBalancer> actual) {
    return actual.stream()
        .map(
            lb ->
                new Target(
                    Value.known(lb.targetGroupArn()),
                    lb.containerName(),
                    lb.containerPort(),
                    shift(lb.advancedConfiguration())))
        .toList();
  }

  private static List<Value> arns(List<ServiceRegistry> actual) {
    return actual.stream().map(registry -> Value.known(registry.registryArn())).toList();
  }

  private static Service.Shift shift(AdvancedConfiguration advanced) {
    return advanced == null
        ? null
        : new Service.Shift(
            Value.known(advanced.alternateTargetGroupArn()),
            Value.known(advanced.productionListenerRule()),
            advanced.roleArn());
  }

  private static Service.Deployment deployment(
      software.amazon.awssdk.services.ecs.model.Service actual) {
    DeploymentConfiguration configuration =
        actual.deploymentConfiguration() == null
            ? DeploymentConfiguration.builder().build()
            : actual.deploymentConfiguration();
    DeploymentCircuitBreaker breaker = configuration.deploymentCircuitBreaker();
    return new Service.Deployment(
        configuration.minimumHealthyPercent() == null
            ? DEFAULT_MIN_PERCENT
            : configuration.minimumHealthyPercent(),
        configuration.maximumPercent() == null
            ? DEFAULT_MAX_PERCENT
            : configuration.maximumPercent(),
        breaker != null && breaker.enable(),
        breaker != null && breaker.rollback(),
        actual.availabilityZoneRebalancing() == AvailabilityZoneRebalancing.ENABLED,
        strategy(configuration),
        configuration.alarms() != null && configuration.alarms().enable()
            ? configuration.alarms().alarmNames()
            : List.of());
  }

  private static Service.Strategy strategy(DeploymentConfiguration configuration) {
    DeploymentStrategy strategy = configuration.strategy();
    int bake = orZero(configuration.bakeTimeInMinutes());
    if (strategy == DeploymentStrategy.LINEAR) {
      LinearConfiguration linear = configuration.linearConfiguration();
      return new Service.Strategy(
          strategy.toString(), bake, linear.stepPercent(), linear.stepBakeTimeInMinutes());
    } else if (strategy == DeploymentStrategy.CANARY) {
      CanaryConfiguration canary = configuration.canaryConfiguration();
      return new Service.Strategy(
          strategy.toString(), bake, canary.canaryPercent(), canary.canaryBakeTimeInMinutes());
    }
    // What a service that only rolls has for a bake time says nothing.
    return strategy == DeploymentStrategy.BLUE_GREEN
        ? new Service.Strategy(strategy.toString(), bake, null, null)
        : Service.Strategy.ROLLING;
  }

  private static Rollout rollout(
      software.amazon.awssdk.services.ecs.model.Service actual, Function<String, String> images) {
    return new Rollout(
        actual.status(),
        orZero(actual.desiredCount()),
        orZero(actual.runningCount()),
        orZero(actual.pendingCount()),
        actual.deployments().stream()
            .sorted(Comparator.comparing(deployment -> !"PRIMARY".equals(deployment.status())))
            .map(deployment -> deployment(deployment, images))
            .toList(),
        List.of(),
        List.of(),
        actual.events().stream().limit(EVENTS).map(ServiceEvent::message).toList(),
        actual.events().isEmpty() ? null : actual.events().get(0).createdAt(),
        null,
        shiftOf(actual));
  }

  /** How far it is has to be asked for. */
  private static Rollout.Shift shiftOf(software.amazon.awssdk.services.ecs.model.Service actual) {
    DeploymentConfiguration configuration = actual.deploymentConfiguration();
    return configuration == null || !strategy(configuration).shifts()
        ? null
        : new Rollout.Shift(actual.currentServiceDeployment(), null, null);
  }

  private static Rollout.Deployment deployment(Deployment actual, Function<String, String> images) {
    return new Rollout.Deployment(
        actual.id(),
        actual.status(),
        actual.taskDefinition(),
        images.apply(actual.taskDefinition()),
        orZero(actual.desiredCount()),
        orZero(actual.runningCount()),
        orZero(actual.pendingCount()),
        orZero(actual.failedTasks()),
        actual.rolloutStateAsString(),
        actual.rolloutStateReason(),
        actual.createdAt(),
        actual.updatedAt());
  }

  static List<CapacityProviderStrategyItem> capacity(List<Service.Capacity> wanted) {
    return wanted.stream()
        .map(
            each ->
                CapacityProviderStrategyItem.builder()
                    .capacityProvider(each.provider())
                    .weight(each.weight())
                    .base(each.base())
                    .build())
        .toList();
  }

  static NetworkConfiguration network(Network wanted) {
    return NetworkConfiguration.builder()
        .awsvpcConfiguration(
            vpc ->
                vpc.subnets(wanted.subnets())
                    .securityGroups(wanted.securityGroups().stream().map(Value::toString).toList())
                    .assignPublicIp(
                        wanted.assignPublicIp() ? AssignPublicIp.ENABLED : AssignPublicIp.DISABLED))
        .build();
  }

  static List<LoadBalancer> loadBalancers(List<Target> wanted) {
    return wanted.stream()
        .map(
            target ->
                LoadBalancer.builder()
                    .targetGroupArn(target.targetGroupArn().toString())
                    .containerName(target.containerName())
                    .containerPort(target.containerPort())
                    .advancedConfiguration(advanced(target.shift()))
                    .build())
        .toList();
  }

  private static AdvancedConfiguration advanced(Service.Shift wanted) {
    return wanted == null
        ? null
        : AdvancedConfiguration.builder()
            .alternateTargetGroupArn(wanted.alternateTargetGroupArn().toString())
            .productionListenerRule(wanted.productionRuleArn().toString())
            .roleArn(wanted.roleArn())
            .build();
  }

  static List<ServiceRegistry> registries(List<Value> wanted) {
    return wanted.stream()
        .map(arn -> ServiceRegistry.builder().registryArn(arn.toString()).build())
        .toList();
  }

  /**
   * @param tellAlarms whether to say that there are none, which takes some away that there were
   */
  static DeploymentConfiguration deployment(Service.Deployment wanted, boolean tellAlarms) {
    DeploymentConfiguration.Builder configuration =
        DeploymentConfiguration.builder()
            .minimumHealthyPercent(wanted.minHealthyPercent())
            .maximumPercent(wanted.maxPercent())
            .deploymentCircuitBreaker(
                breaker -> breaker.enable(wanted.circuitBreaker()).rollback(wanted.rollback()))
            .strategy(wanted.strategy().name());
    Service.Strategy strategy = wanted.strategy();
    List<String> alarms = wanted.rollbackAlarms();
    if (tellAlarms || !alarms.isEmpty()) {
      boolean any = !alarms.isEmpty();
      configuration.alarms(told -> told.alarmNames(alarms).enable(any).rollback(any));
    }
    if (strategy.shifts()) {
      configuration.bakeTimeInMinutes(strategy.bakeMinutes());
    }
    // AWS refuses either with another strategy.
    if (configuration.build().strategy() == DeploymentStrategy.LINEAR) {
      configuration.linearConfiguration(
          linear ->
              linear.stepPercent(strategy.percent()).stepBakeTimeInMinutes(strategy.stepMinutes()));
    } else if (configuration.build().strategy() == DeploymentStrategy.CANARY) {
      configuration.canaryConfiguration(
          canary ->
              canary
                  .canaryPercent(strategy.percent())
                  .canaryBakeTimeInMinutes(strategy.stepMinutes()));
    }
    return configuration.build();
  }

  static AvailabilityZoneRebalancing zones(Service.Deployment wanted) {
    return wanted.zoneRebalancing()
        ? AvailabilityZoneRebalancing.ENABLED
        : AvailabilityZoneRebalancing.DISABLED;
  }

  private static int orZero(Integer value) {
    return value == null ? 0 : value;
  }
}
