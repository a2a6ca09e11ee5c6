package dev.fargate.operator.aws.elb;

import dev.fargate.operator.plan.Rollout.Target;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** The health of a target group's targets; one call per group, so only in rollouts and failures. */
public final class TargetHealthReader {
  private final ElasticLoadBalancingV2Client elb;

  public TargetHealthReader(ElasticLoadBalancingV2Client elb) {
    this.elb = elb;
  }

  /** Empty for a group that is gone. */
  public List<Target> of(String targetGroupArn) {
    try {
      return elb
          .describeTargetHealth(request -> request.targetGroupArn(targetGroupArn))
          .targetHealthDescriptions()
          .stream()
          .map(
              description ->
                  new Target(
                      targetGroupArn,
                      description.target().id(),
                      description.target().port() == null ? 0 : description.target().port(),
                      description.targetHealth().stateAsString(),
                      description.targetHealth().reasonAsString(),
                      description.targetHealth().description()))
          .toList();
    } catch (TargetGroupNotFoundException gone) {
      return List.of();
    }
  }
}
