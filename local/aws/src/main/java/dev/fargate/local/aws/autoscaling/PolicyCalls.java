package dev.fargate.local.aws.autoscaling;

import dev.fargate.local.aws.autoscaling.ScalingPolicy.Alarm;
import dev.fargate.local.aws.elb.TargetGroups;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.UUID;

/** Put, describe and delete scaling policies; look at activities. */
final class PolicyCalls {
  private static final int MAX_POLICIES = 50;

  private final AutoScalingState state;
  private final TargetGroups targetGroups;
  private final Scheduler scheduler;

  PolicyCalls(AutoScalingState state, TargetGroups targetGroups, Scheduler scheduler) {
    this.state = state;
    this.targetGroups = targetGroups;
    this.scheduler = scheduler;
  }

  /** Makes or changes a policy; its ARN and alarms stay the same. */
  Struct put(Struct in, Caller caller) {
    ScalableTarget target = state.target(TargetKey.of(in, caller));
    String type = in.string("PolicyType").orElse("StepScaling");
    if (!type.equals("TargetTrackingScaling")) {
      throw AutoScalingError.unsupported("policy type " + type, "use TargetTrackingScaling.");
    }
    Struct configuration =
        in.struct("TargetTrackingScalingPolicyConfiguration")
            .orElseThrow(
                () ->
                    AutoScalingError.invalid(
                        "TargetTrackingScalingPolicyConfiguration is required."));
    TrackedMetric metric = TrackedMetric.of(configuration, target.key, targetGroups);
    check(configuration);
    String name = in.required("PolicyName");
    for (ScalingPolicy other : target.policies.values()) {
      if (!other.name.equals(name) && other.metric.equals(metric)) {
        throw AutoScalingError.invalid(
            "Only one TargetTrackingScaling policy for a given metric specification is allowed.");
      }
    }
    if (!target.policies.containsKey(name) && target.policies.size() == MAX_POLICIES) {
      throw new AwsException("LimitExceededException", "At most 50 policies per scalable target.");
    }
    ScalingPolicy policy =
        target.policies.computeIfAbsent(name, missing -> create(missing, target.key));
    policy.configuration = configuration.copy();
    policy.metric = metric;
    return Struct.of().with("PolicyARN", policy.arn).with("Alarms", policy.describeAlarms());
  }

  private static void check(Struct configuration) {
    double value = ((Number) configuration.get("TargetValue")).doubleValue();
    if (!(value > 0)) {
      throw AutoScalingError.invalid("TargetValue must be above 0, was " + value);
    }
    for (String cooldown : List.of("ScaleOutCooldown", "ScaleInCooldown")) {
      if (configuration.integer(cooldown).orElse(0) < 0) {
        throw AutoScalingError.invalid(cooldown + " must not be negative.");
      }
    }
  }

  private ScalingPolicy create(String name, TargetKey key) {
    UUID id = state.uuid();
    String arn =
        "arn:aws:autoscaling:"
            + key.region()
            + ":"
            + key.accountId()
            + ":scalingPolicy:"
            + id
            + ":resource/ecs/"
            + key.resourceId()
            + ":policyName/"
            + name;
    List<Alarm> alarms =
        List.of(
            Alarm.of(key, "High", state.uuid().toString()),
            Alarm.of(key, "Low", state.uuid().toString()));
    return new ScalingPolicy(name, arn, key, alarms, scheduler.now());
  }

  Struct describe(Struct in, Caller caller) {
    TargetKey.requireNamespace(in);
    List<String> names = in.strings("PolicyNames");
    List<ScalingPolicy> found =
        state.targets.values().stream()
            .flatMap(target -> target.policies.values().stream())
            .filter(
                policy -> in.string("ResourceId").map(policy.key.resourceId()::equals).orElse(true))
            .filter(
                policy ->
                    names.isEmpty() || names.contains(policy.name) || names.contains(policy.arn))
            .toList();
    List<ScalingPolicy> page = TargetCalls.PAGES.slice(in, found, policy -> policy.arn);
    Struct answer =
        Struct.of().with("ScalingPolicies", page.stream().map(ScalingPolicy::describe).toList());
    TargetCalls.PAGES.nextToken(found, page, policy -> policy.arn, answer);
    return answer;
  }

  Struct delete(Struct in, Caller caller) {
    TargetKey key = TargetKey.of(in, caller);
    String name = in.required("PolicyName");
    ScalableTarget target = state.targets.get(key);
    if (target == null || target.policies.remove(name) == null) {
      throw AutoScalingError.policyNotFound(name, key);
    }
    return Struct.of();
  }

  /** Newest first. */
  Struct activities(Struct in, Caller caller) {
    TargetKey.requireNamespace(in);
    List<Struct> found =
        state.activities.all().stream()
            .filter(e -> in.string("ResourceId").map(e.key().resourceId()::equals).orElse(true))
            .map(Activities.Entry::activity)
            .toList();
    return TargetCalls.PAGES.page(
        in, "ScalingActivities", found, activity -> activity.required("ActivityId"));
  }
}
