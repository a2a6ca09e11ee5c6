package dev.fargate.operator.aws.elb;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.TargetGroup;
import dev.fargate.operator.stack.TargetGroup.HealthCheck;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/**
 * Target groups. AWS returns the existing one to a repeated create with the same settings
 * (AWS-FACTS 6.5). Targets are never touched: ECS registers them (C4).
 */
public final class TargetGroupRunner implements Runner {
  private final ElasticLoadBalancingV2Client elb;

  public TargetGroupRunner(ElasticLoadBalancingV2Client elb) {
    this.elb = elb;
  }

  @Override
  public Kind kind() {
    return Kind.TARGET_GROUP;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    TargetGroup wanted = (TargetGroup) desired;
    HealthCheck check = wanted.healthCheck();
    String arn =
        elb.createTargetGroup(
                request ->
                    request
                        .name(wanted.name())
                        .targetType(TargetTypeEnum.IP)
                        .port(wanted.port())
                        .protocol(wanted.protocol())
                        .protocolVersion(wanted.protocolVersion())
                        .vpcId(wanted.vpcId())
                        .healthCheckEnabled(true)
                        .healthCheckProtocol(check.protocol())
                        .healthCheckPort(check.port())
                        .healthCheckPath(check.path())
                        .healthCheckIntervalSeconds(check.intervalSeconds())
                        .healthCheckTimeoutSeconds(check.timeoutSeconds())
                        .healthyThresholdCount(check.healthyThreshold())
                        .unhealthyThresholdCount(check.unhealthyThreshold())
                        .matcher(matcher(check))
                        .tags(ElbTags.of(tags)))
            .targetGroups()
            .get(0)
            .targetGroupArn();
    // No answer to this one is no harm: the next pass sees the attributes differ.
    writeAttributes(arn, wanted.attributes());
    return Map.of(
        Output.ARN, arn, Output.NAME, wanted.name(), Output.ARN_SUFFIX, ElbTags.suffix(arn));
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    TargetGroup wanted = (TargetGroup) desired;
    String arn = action.observed().outputs().get(Output.ARN);
    if (action.touches("healthCheck")) {
      HealthCheck check = wanted.healthCheck();
      elb.modifyTargetGroup(
          request ->
              request
                  .targetGroupArn(arn)
                  .healthCheckProtocol(check.protocol())
                  .healthCheckPort(check.port())
                  .healthCheckPath(check.path())
                  .healthCheckIntervalSeconds(check.intervalSeconds())
                  .healthCheckTimeoutSeconds(check.timeoutSeconds())
                  .healthyThresholdCount(check.healthyThreshold())
                  .unhealthyThresholdCount(check.unhealthyThreshold())
                  .matcher(matcher(check)));
    }
    if (action.touches("attributes")) {
      writeAttributes(arn, wanted.attributes());
    }
    ElbTags.write(elb, arn, TagChanges.of(action));
    return action.observed().outputs();
  }

  /** Succeeds also for one that is gone; ResourceInUse while a rule forwards to it. */
  @Override
  public void delete(Owner owner, ObservedResource observed) {
    elb.deleteTargetGroup(request -> request.targetGroupArn(observed.outputs().get(Output.ARN)));
  }

  private void writeAttributes(String arn, SortedMap<String, String> wanted) {
    List<TargetGroupAttribute> attributes =
        wanted.entrySet().stream()
            .map(e -> TargetGroupAttribute.builder().key(e.getKey()).value(e.getValue()).build())
            .toList();
    elb.modifyTargetGroupAttributes(request -> request.targetGroupArn(arn).attributes(attributes));
  }

  private static Matcher matcher(HealthCheck check) {
    return Matcher.builder().httpCode(check.successCodes()).build();
  }
}
