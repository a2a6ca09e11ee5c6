package dev.fargate.operator.aws.autoscaling;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ScalingPolicy;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;

/** Target tracking policies: putting one is an upsert of the whole (AWS-FACTS 7). */
public final class ScalingPolicyRunner implements Runner {
  private final ApplicationAutoScalingClient scaling;

  public ScalingPolicyRunner(ApplicationAutoScalingClient scaling) {
    this.scaling = scaling;
  }

  @Override
  public Kind kind() {
    return Kind.SCALING_POLICY;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    return put((ScalingPolicy) desired);
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    return put((ScalingPolicy) desired);
  }

  private Map<Output, String> put(ScalingPolicy wanted) {
    String arn =
        scaling
            .putScalingPolicy(
                request ->
                    request
                        .policyName(wanted.name())
                        .policyType(PolicyType.TARGET_TRACKING_SCALING)
                        .serviceNamespace(Ecs.NAMESPACE)
                        .scalableDimension(Ecs.COUNT)
                        .resourceId(wanted.resource().toString())
                        .targetTrackingScalingPolicyConfiguration(
                            tracking ->
                                tracking
                                    .targetValue((double) wanted.targetValue())
                                    .scaleInCooldown(wanted.scaleInCooldownSeconds())
                                    .scaleOutCooldown(wanted.scaleOutCooldownSeconds())
                                    .disableScaleIn(wanted.disableScaleIn())
                                    .predefinedMetricSpecification(
                                        metric ->
                                            metric
                                                .predefinedMetricType(wanted.metric())
                                                .resourceLabel(
                                                    wanted.resourceLabel() == null
                                                        ? null
                                                        : wanted.resourceLabel().toString()))))
            .policyARN();
    return Map.of(Output.ARN, arn);
  }

  @Override
  public void delete(Owner owner, ObservedResource observed) {
    ScalingPolicy policy = (ScalingPolicy) observed.actual();
    try {
      scaling.deleteScalingPolicy(
          request ->
              request
                  .policyName(policy.name())
                  .serviceNamespace(Ecs.NAMESPACE)
                  .scalableDimension(Ecs.COUNT)
                  .resourceId(policy.resource().toString()));
    } catch (ObjectNotFoundException gone) {
      // What was to be reached.
    }
  }
}
