package dev.fargate.local.aws.elb;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What ECS does with target groups: look, register, deregister, ask for health, weigh. */
public interface TargetGroups {
  Optional<TargetGroup> find(String targetGroupArn);

  /**
   * Registers a target; health starts as {@code initial}, or {@code unused} without a load
   * balancer.
   */
  void register(String targetGroupArn, String ip, int port);

  /** Starts draining; the target is gone after the group's deregistration delay. */
  void deregister(String targetGroupArn, String ip, int port);

  /** Empty once the target is gone. */
  Optional<TargetHealth> health(String targetGroupArn, String ip, int port);

  /** The target groups that a listener rule forwards to; none when there is no such rule. */
  List<String> forwards(String ruleArn);

  /** Makes a listener rule forward to these target groups with these weights. */
  void weigh(String ruleArn, Map<String, Integer> weights);

  /**
   * @param targetType ip, instance, lambda or alb
   * @param loadBalancerArn the one whose listener or rule names the group; empty when none does
   */
  record TargetGroup(
      String arn, String name, String targetType, String vpcId, Optional<String> loadBalancerArn) {
    public boolean associated() {
      return loadBalancerArn.isPresent();
    }
  }

  /**
   * @param state initial, healthy, unhealthy, unhealthy.draining, unused, draining (AWS-FACTS 6.3)
   * @param reason for example Target.Timeout; null when healthy
   * @param description null when healthy
   */
  record TargetHealth(String state, String reason, String description) {}
}
