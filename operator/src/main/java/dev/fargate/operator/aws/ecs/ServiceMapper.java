package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
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
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;

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
    Map<String, String> tags = EcsTags.map(actual.tags());
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
    AwsVpcConfiguration vpc =
        actual.networkConfiguration() == null
            ? AwsVpcConfiguration.builder().build()
            : actual.networkConfiguration().awsvpcConfiguration();
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
        new Network(
            new TreeSet<>(vpc.subnets()),
            vpc.securityGroups().stream().map(Value::known).toList(),
            vpc.assignPublicIp() == AssignPublicIp.ENABLED),
        actual.loadBalancers().stream()
            .map(
                lb ->
                    new Target(
                        Value.known(lb.targetGroupArn()), lb.containerName(), lb.containerPort()))
            .toList(),
        actual.serviceRegistries().stream().map(r -> Value.known(r.registryArn())).toList(),
        deployment(actual),
        actual.healthCheckGracePeriodSeconds() == null ? 0 : actual.healthCheckGracePeriodSeconds(),
        actual.platformVersion() == null ? "LATEST" : actual.platformVersion(),
        actual.propagateTags() == null ? "NONE" : actual.propagateTagsAsString(),
        tags.get(Ownership.RESTARTED_AT));
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
        actual.availabilityZoneRebalancing() == AvailabilityZoneRebalancing.ENABLED);
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
        false);
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
                    .build())
        .toList();
  }

  static List<ServiceRegistry> registries(List<Value> wanted) {
    return wanted.stream()
        .map(arn -> ServiceRegistry.builder().registryArn(arn.toString()).build())
        .toList();
  }

  static DeploymentConfiguration deployment(Service.Deployment wanted) {
    return DeploymentConfiguration.builder()
        .minimumHealthyPercent(wanted.minHealthyPercent())
        .maximumPercent(wanted.maxPercent())
        .deploymentCircuitBreaker(
            breaker -> breaker.enable(wanted.circuitBreaker()).rollback(wanted.rollback()))
        .build();
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
