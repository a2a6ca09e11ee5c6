package dev.fargate.local.aws.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.Clients;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.TargetTrackingScalingPolicyConfiguration;
import software.amazon.awssdk.services.applicationautoscaling.model.ValidationException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

class AutoScalingTest {
  private final ScalingFixture world = new ScalingFixture(2);

  @AfterEach
  void close() {
    world.aws.close();
  }

  @Test
  void registeringClampsTheDesiredCountAtOnceAndKeepsWhatIsNotSent() {
    world.bounds(3, 5);
    assertThat(world.desired()).isEqualTo(3);

    world.scaling.registerScalableTarget(world.target().maxCapacity(10).build());
    ScalableTarget target = describe();
    assertThat(target.minCapacity()).isEqualTo(3);
    assertThat(target.maxCapacity()).isEqualTo(10);

    world.bounds(1, 2);
    assertThat(world.desired()).isEqualTo(2);
  }

  @Test
  void aTargetNeedsAServiceBothBoundsAndTheirOrder() {
    assertThatThrownBy(
            () -> world.scaling.registerScalableTarget(world.target().minCapacity(1).build()))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> world.bounds(3, 2)).isInstanceOf(ValidationException.class);
    assertThatThrownBy(
            () ->
                world.scaling.registerScalableTarget(
                    world
                        .target()
                        .resourceId("service/main/no")
                        .minCapacity(1)
                        .maxCapacity(2)
                        .build()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("ECS service doesn't exist");
  }

  @Test
  void tagsAreThoseOfTheFirstRegistrationUntilTagged() {
    String arn =
        world
            .scaling
            .registerScalableTarget(
                world.target().minCapacity(1).maxCapacity(2).tags(Map.of("owner", "a")).build())
            .scalableTargetARN();
    world.scaling.registerScalableTarget(world.target().tags(Map.of("owner", "b")).build());
    assertThat(tags(arn)).containsExactlyEntriesOf(Map.of("owner", "a"));

    world.scaling.tagResource(r -> r.resourceARN(arn).tags(Map.of("team", "c")));
    world.scaling.untagResource(r -> r.resourceARN(arn).tagKeys("owner"));
    assertThat(tags(arn)).containsExactlyEntriesOf(Map.of("team", "c"));
  }

  @Test
  void aPolicyHasTwoAlarmsAndGoesWithItsTarget() {
    assertThatThrownBy(() -> world.trackCpu(70)).isInstanceOf(ObjectNotFoundException.class);
    world.bounds(1, 4);
    PutScalingPolicyResponse made =
        world.track("cpu", MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION, null, 70);
    assertThat(made.policyARN()).endsWith(":resource/ecs/service/main/web:policyName/cpu");
    assertThat(made.alarms().get(0).alarmName())
        .startsWith("TargetTracking-service/main/web-AlarmHigh-");
    assertThat(made.alarms().get(1).alarmName())
        .startsWith("TargetTracking-service/main/web-AlarmLow-");

    PutScalingPolicyResponse changed =
        world.track("cpu", MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION, null, 50);
    assertThat(changed.policyARN()).isEqualTo(made.policyARN());
    assertThat(changed.alarms()).isEqualTo(made.alarms());

    world.scaling.deregisterScalableTarget(
        r ->
            r.serviceNamespace(ServiceNamespace.ECS)
                .resourceId(ScalingFixture.RESOURCE)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT));
    assertThat(
            world
                .scaling
                .describeScalingPolicies(r -> r.serviceNamespace(ServiceNamespace.ECS))
                .scalingPolicies())
        .isEmpty();
    assertThat(world.desired()).isEqualTo(2);
  }

  @Test
  void highCpuScalesOutToTheBoundAndQuietScalesInAgain() {
    world.bounds(1, 5);
    world.trackCpu(70);
    world.aws.scriptedTasks().image("web:1").cpu(100);
    world.minutes(3);
    assertThat(world.desired()).isEqualTo(2);

    world.minutes(1);
    assertThat(world.desired()).isEqualTo(3);
    world.minutes(20);
    assertThat(world.desired()).isEqualTo(5);

    world.aws.scriptedTasks().image("web:1").cpu(10);
    world.minutes(13);
    assertThat(world.desired()).isEqualTo(5);
    world.minutes(10);
    assertThat(world.desired()).isEqualTo(1);
    assertThat(
            world
                .scaling
                .describeScalingActivities(r -> r.serviceNamespace(ServiceNamespace.ECS))
                .scalingActivities()
                .get(0)
                .cause())
        .contains("AlarmLow");
  }

  @Test
  void disabledScaleInLeavesTheCount() {
    world.bounds(1, 5);
    world.put(
        "cpu",
        TargetTrackingScalingPolicyConfiguration.builder()
            .targetValue(70.0)
            .disableScaleIn(true)
            .predefinedMetricSpecification(
                m -> m.predefinedMetricType(MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION))
            .build());
    world.minutes(60);
    assertThat(world.desired()).isEqualTo(2);
  }

  @Test
  void nothingIsScaledInWhileADeploymentIsUnderWay() {
    world.bounds(1, 5);
    world.trackCpu(70);
    world.aws.scriptedTasks().image("web:2").failsToPull("CannotPullContainerError: no");
    String second = world.register("web:2");
    world.ecs.updateService(r -> r.cluster("main").service("web").taskDefinition(second));
    world.minutes(60);
    assertThat(world.desired()).isEqualTo(2);

    world.aws.scriptedTasks().image("web:2").runs();
    world.minutes(60);
    assertThat(world.desired()).isEqualTo(1);
  }

  @Test
  void theLargestWishOfSeveralPoliciesWins() {
    world.bounds(1, 10);
    world.trackCpu(70);
    world.track("memory", MetricType.ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION, null, 20);
    world.aws.scriptedTasks().image("web:1").cpu(75).memory(50);
    world.minutes(4);
    assertThat(world.desired()).isEqualTo(5);
  }

  @Test
  void onePolicyThatIsContentHoldsTheCount() {
    world.bounds(1, 10);
    world.trackCpu(70);
    world.track("memory", MetricType.ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION, null, 50);
    world.aws.scriptedTasks().image("web:1").cpu(5).memory(48);
    world.minutes(60);
    assertThat(world.desired()).isEqualTo(2);
  }

  @Test
  void suspendedScaleOutLeavesTheCount() {
    world.scaling.registerScalableTarget(
        world
            .target()
            .minCapacity(1)
            .maxCapacity(5)
            .suspendedState(s -> s.dynamicScalingOutSuspended(true))
            .build());
    world.trackCpu(70);
    world.aws.scriptedTasks().image("web:1").cpu(100);
    world.minutes(30);
    assertThat(world.desired()).isEqualTo(2);
  }

  @Test
  void requestsPerTaskScaleOutAndSilenceScalesIn() {
    ElasticLoadBalancingV2Client elb =
        Clients.inThread(world.aws, ElasticLoadBalancingV2Client.builder());
    String group =
        elb.createTargetGroup(
                r ->
                    r.name("web")
                        .protocol(ProtocolEnum.HTTP)
                        .port(3000)
                        .targetType(TargetTypeEnum.IP)
                        .vpcId("vpc-0123456789abcdef0"))
            .targetGroups()
            .get(0)
            .targetGroupArn();
    String balancer =
        elb.createLoadBalancer(r -> r.name("main").subnets(ScalingFixture.SUBNETS))
            .loadBalancers()
            .get(0)
            .loadBalancerArn();
    String label = lastPart(balancer).replace("loadbalancer/", "") + "/" + lastPart(group);
    world.bounds(1, 6);
    assertThatThrownBy(
            () -> world.track("rps", MetricType.ALB_REQUEST_COUNT_PER_TARGET, label, 600))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("not attached");

    Action forward = Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(group).build();
    elb.createListener(
        r ->
            r.loadBalancerArn(balancer)
                .protocol(ProtocolEnum.HTTP)
                .port(80)
                .defaultActions(forward));
    world.track("rps", MetricType.ALB_REQUEST_COUNT_PER_TARGET, label, 600);

    for (int minute = 0; minute < 10; minute++) {
      world.aws.metrics().sample("AWS/ApplicationELB", "RequestCount", lastPart(group), 2400);
      world.minutes(1);
    }
    assertThat(world.desired()).isEqualTo(4);

    world.minutes(20);
    assertThat(world.desired()).isEqualTo(1);
  }

  private static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  private Map<String, String> tags(String arn) {
    return world.scaling.listTagsForResource(r -> r.resourceARN(arn)).tags();
  }

  private ScalableTarget describe() {
    return world
        .scaling
        .describeScalableTargets(
            r -> r.serviceNamespace(ServiceNamespace.ECS).resourceIds(ScalingFixture.RESOURCE))
        .scalableTargets()
        .get(0);
  }
}
