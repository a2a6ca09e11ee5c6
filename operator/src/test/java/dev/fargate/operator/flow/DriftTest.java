package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.app.Autoscaling;
import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ecs.model.ClusterSettingName;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;

/**
 * What somebody changes in AWS by hand is seen within a minute, shown with the field, put back with
 * one write, and told in one Event.
 */
class DriftTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;
  private final ByHand person = new ByHand(world.aws);
  private final List<Condition> synced = new ArrayList<>();
  private final List<Condition> ready = new ArrayList<>();

  @BeforeEach
  void anEnvironment() {
    faults.environment();
    faults.app.getSpec().tags.put("team", "web");
    world.watch(
        object -> {
          if (object instanceof FargateApp app && app.getStatus() != null) {
            Conditions.find(app.getStatus().conditions, ConditionType.SYNCED)
                .ifPresent(synced::add);
            Conditions.find(app.getStatus().conditions, ConditionType.READY).ifPresent(ready::add);
          }
        });
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void settle() {
    faults.applyAndSettle();
    forget();
  }

  private void forget() {
    synced.clear();
    ready.clear();
    world.events.clear();
    world.forgetCalls();
  }

  /** The change was just made by hand. */
  private void isShownAndPutBackBy(String write, String... told) {
    forget();
    Instant changed = world.now();
    world.runUntil(
        "the drift is shown",
        MINUTE,
        () -> synced.stream().anyMatch(c -> "Drifted".equals(c.getReason())));
    assertThat(Duration.between(changed, world.now())).isLessThanOrEqualTo(MINUTE);
    assertThat(synced)
        .filteredOn(c -> "Drifted".equals(c.getReason()))
        .allSatisfy(
            c -> {
              assertThat(c.getStatus()).isEqualTo("False");
              assertThat(c.getMessage()).startsWith("Changed in AWS by others: ").contains(told);
            });
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).containsExactly(write);
    assertThat(synced.get(synced.size() - 1).getStatus()).isEqualTo("True");
    assertThat(world.events)
        .filteredOn(event -> event.reason().equals("Drifted"))
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains(told));
    assertThat(ready).allSatisfy(c -> assertThat(c.getStatus()).isEqualTo("True"));
  }

  private String service() {
    return person.ecs().listServices(r -> r.cluster("phoenix")).serviceArns().get(0);
  }

  private String targetGroup() {
    return person.elb().describeTargetGroups(r -> {}).targetGroups().get(0).targetGroupArn();
  }

  @Test
  void anotherDesiredCountWithoutAutoscalingIsPutBack() {
    settle();
    person.ecs().updateService(r -> r.cluster("phoenix").service(service()).desiredCount(3));
    isShownAndPutBackBy("ecs:UpdateService", "Service/service", "3 -> 1");
  }

  @Test
  void anotherHealthCheckPathIsPutBack() {
    settle();
    person.elb().modifyTargetGroup(r -> r.targetGroupArn(targetGroup()).healthCheckPath("/"));
    isShownAndPutBackBy(
        "elasticloadbalancing:ModifyTargetGroup",
        "TargetGroup/web healthCheck.path: / -> /healthz");
  }

  @Test
  void aRemovedRuleIsMadeAgain() {
    settle();
    String balancer =
        person.elb().describeLoadBalancers(r -> {}).loadBalancers().get(0).loadBalancerArn();
    String listener =
        person
            .elb()
            .describeListeners(r -> r.loadBalancerArn(balancer))
            .listeners()
            .get(0)
            .listenerArn();
    String rule =
        person.elb().describeRules(r -> r.listenerArn(listener)).rules().stream()
            .filter(each -> !each.isDefault())
            .findFirst()
            .orElseThrow()
            .ruleArn();
    person.elb().deleteRule(r -> r.ruleArn(rule));
    isShownAndPutBackBy("elasticloadbalancing:CreateRule", "ListenerRule/web", "is gone");
  }

  @Test
  void anotherRetentionIsPutBack() {
    settle();
    person
        .logs()
        .putRetentionPolicy(r -> r.logGroupName("/fargate/acme/default/web").retentionInDays(365));
    isShownAndPutBackBy("logs:PutRetentionPolicy", "LogGroup/", "retentionDays: 365 -> 7");
  }

  @Test
  void anotherTargetValueOfAPolicyIsPutBack() {
    faults.app.getSpec().autoscaling = new Autoscaling();
    faults.app.getSpec().autoscaling.minReplicas = 1;
    faults.app.getSpec().autoscaling.maxReplicas = 4;
    faults.app.getSpec().autoscaling.cpuPercent = 70;
    settle();
    var policy =
        person
            .scaling()
            .describeScalingPolicies(r -> r.serviceNamespace(ServiceNamespace.ECS))
            .scalingPolicies()
            .get(0);
    person
        .scaling()
        .putScalingPolicy(
            r ->
                r.policyName(policy.policyName())
                    .serviceNamespace(ServiceNamespace.ECS)
                    .resourceId(policy.resourceId())
                    .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                    .policyType(PolicyType.TARGET_TRACKING_SCALING)
                    .targetTrackingScalingPolicyConfiguration(
                        c ->
                            c.targetValue(10.0)
                                .scaleInCooldown(300)
                                .scaleOutCooldown(60)
                                .predefinedMetricSpecification(
                                    m ->
                                        m.predefinedMetricType(
                                            MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION))));
    isShownAndPutBackBy("application-autoscaling:PutScalingPolicy", "ScalingPolicy/", "10", "70");
  }

  @Test
  void aRemovedTagIsPutBack() {
    settle();
    person.elb().removeTags(r -> r.resourceArns(targetGroup()).tagKeys("team"));
    isShownAndPutBackBy(
        "elasticloadbalancing:AddTags", "TargetGroup/web tags.team: (absent) -> web");
  }

  @Test
  void whatSomebodyChangesInAnEnvironmentIsShownAndPutBackWhileItStaysReady() {
    settle();
    List<Condition> ofEnvironment = new ArrayList<>();
    List<Condition> readyEnvironment = new ArrayList<>();
    world.watch(
        object -> {
          if (object instanceof FargateEnvironment environment) {
            Conditions.find(environment.getStatus().conditions, ConditionType.SYNCED)
                .ifPresent(ofEnvironment::add);
            Conditions.find(environment.getStatus().conditions, ConditionType.READY)
                .ifPresent(readyEnvironment::add);
          }
        });
    person
        .ecs()
        .updateClusterSettings(
            r ->
                r.cluster("phoenix")
                    .settings(s -> s.name(ClusterSettingName.CONTAINER_INSIGHTS).value("enabled")));
    forget();
    world.run(Duration.ofMinutes(3));
    assertThat(world.awsWrites()).hasSize(1);
    assertThat(ofEnvironment.get(0).getReason()).isEqualTo("Drifted");
    assertThat(ofEnvironment.get(0).getMessage())
        .contains("Cluster/cluster containerInsights: enabled -> disabled");
    assertThat(ofEnvironment.get(ofEnvironment.size() - 1).getStatus()).isEqualTo("True");
    assertThat(readyEnvironment).allSatisfy(c -> assertThat(c.getStatus()).isEqualTo("True"));
    assertThat(world.events).filteredOn(event -> event.reason().equals("Drifted")).hasSize(1);
  }

  @Test
  void whatSomebodyLetsAListenerDoWithAllOtherRequestsIsTakenBack() {
    settle();
    String balancer =
        person.elb().describeLoadBalancers(r -> {}).loadBalancers().get(0).loadBalancerArn();
    String listener =
        person
            .elb()
            .describeListeners(r -> r.loadBalancerArn(balancer))
            .listeners()
            .get(0)
            .listenerArn();
    String group = targetGroup();
    person
        .elb()
        .modifyListener(
            r ->
                r.listenerArn(listener)
                    .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(group)));
    forget();
    world.run(Duration.ofMinutes(3));
    assertThat(world.awsWrites()).containsExactly("elasticloadbalancing:ModifyListener");
    assertThat(world.events)
        .filteredOn(event -> event.reason().equals("Drifted"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.message())
                    // Long values are cut in the middle of a sentence, not in the plan.
                    .contains("otherAction: forward to arn:aws:elasticloadbalancing:")
                    .contains("-> (absent)"));
  }

  @Test
  void withModePlanItIsShownAndNothingIsWritten() {
    settle();
    faults.app.getSpec().mode = Mode.PLAN;
    faults.apply();
    world.run(Duration.ofMinutes(2));
    person.elb().modifyTargetGroup(r -> r.targetGroupArn(targetGroup()).healthCheckPath("/"));
    forget();
    world.run(Duration.ofMinutes(3));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(faults.condition(ConditionType.SYNCED))
        .hasValueSatisfying(
            c -> {
              assertThat(c.getReason()).isEqualTo("Drifted");
              assertThat(c.getMessage())
                  .contains("TargetGroup/web healthCheck.path: / -> /healthz")
                  .contains("spec.approvedPlan");
            });
    assertThat(world.events).filteredOn(event -> event.reason().equals("Drifted")).hasSize(1);
  }

  @Test
  void aChangedSpecOrSecretIsNoDrift() {
    world.secrets.put("tokens", Map.of("token", "one"));
    faults.secretOf("TOKEN", "tokens", "token");
    settle();
    faults.app.getSpec().ingresses.get(0).healthCheck.path = "/";
    faults.apply();
    world.run(Duration.ofMinutes(5));
    world.secrets.put("tokens", Map.of("token", "two"));
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).contains("elasticloadbalancing:ModifyTargetGroup");
    assertThat(world.awsWrites()).contains("ecs:RegisterTaskDefinition");
    assertThat(synced).extracting(Condition::getReason).doesNotContain("Drifted");
    assertThat(world.events).extracting(Pass.Note::reason).doesNotContain("Drifted");
  }
}
