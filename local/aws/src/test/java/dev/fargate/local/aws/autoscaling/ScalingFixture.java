package dev.fargate.local.aws.autoscaling;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.TargetTrackingScalingPolicyConfiguration;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;

/** An endpoint with the service main/web of image web:1 and short ways to scale it. */
final class ScalingFixture {
  static final String RESOURCE = "service/main/web";
  static final List<String> SUBNETS =
      List.of("subnet-0bbb0000000000001", "subnet-0bbb0000000000002");

  final AwsEndpoint aws = AwsEndpoint.builder().build();
  final EcsClient ecs = Clients.inThread(aws, EcsClient.builder());
  final ApplicationAutoScalingClient scaling =
      Clients.inThread(aws, ApplicationAutoScalingClient.builder());

  ScalingFixture(int desired) {
    ecs.createCluster(r -> r.clusterName("main"));
    String definition = register("web:1");
    ecs.createService(
        r ->
            r.cluster("main")
                .serviceName("web")
                .taskDefinition(definition)
                .desiredCount(desired)
                .launchType(LaunchType.FARGATE)
                .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets(SUBNETS))));
    minutes(2);
  }

  String register(String image) {
    ContainerDefinition container =
        ContainerDefinition.builder()
            .name("web")
            .image(image)
            .portMappings(PortMapping.builder().containerPort(3000).build())
            .build();
    return ecs.registerTaskDefinition(
            r ->
                r.family("web")
                    .networkMode(NetworkMode.AWSVPC)
                    .requiresCompatibilities(Compatibility.FARGATE)
                    .cpu("256")
                    .memory("512")
                    .containerDefinitions(container))
        .taskDefinition()
        .taskDefinitionArn();
  }

  RegisterScalableTargetRequest.Builder target() {
    return RegisterScalableTargetRequest.builder()
        .serviceNamespace(ServiceNamespace.ECS)
        .resourceId(RESOURCE)
        .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT);
  }

  void bounds(int min, int max) {
    scaling.registerScalableTarget(target().minCapacity(min).maxCapacity(max).build());
  }

  PutScalingPolicyResponse track(String name, MetricType metric, String label, double target) {
    return put(
        name,
        TargetTrackingScalingPolicyConfiguration.builder()
            .targetValue(target)
            .predefinedMetricSpecification(m -> m.predefinedMetricType(metric).resourceLabel(label))
            .build());
  }

  void trackCpu(double target) {
    track("cpu", MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION, null, target);
  }

  PutScalingPolicyResponse put(String name, TargetTrackingScalingPolicyConfiguration tracking) {
    return scaling.putScalingPolicy(
        PutScalingPolicyRequest.builder()
            .policyName(name)
            .serviceNamespace(ServiceNamespace.ECS)
            .resourceId(RESOURCE)
            .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
            .policyType(PolicyType.TARGET_TRACKING_SCALING)
            .targetTrackingScalingPolicyConfiguration(tracking)
            .build());
  }

  int desired() {
    return ecs.describeServices(r -> r.cluster("main").services("web"))
        .services()
        .get(0)
        .desiredCount();
  }

  void minutes(int minutes) {
    aws.clock().advance(Duration.ofMinutes(minutes));
  }
}
