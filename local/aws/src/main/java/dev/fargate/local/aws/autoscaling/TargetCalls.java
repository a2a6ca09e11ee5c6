package dev.fargate.local.aws.autoscaling;

import dev.fargate.local.aws.ecs.ServiceCounts;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Paging;
import dev.fargate.local.aws.wire.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Register, describe, deregister and tag scalable targets. */
final class TargetCalls {
  static final Paging PAGES =
      new Paging("NextToken", "MaxResults", 50, 50, AutoScalingError::invalid);
  private static final int MAX_RESOURCE_IDS = 50;
  private static final int MAX_TAGS = 50;

  private final AutoScalingState state;
  private final ServiceCounts services;
  private final Scheduler scheduler;

  TargetCalls(AutoScalingState state, ServiceCounts services, Scheduler scheduler) {
    this.state = state;
    this.services = services;
    this.scheduler = scheduler;
  }

  /** Makes or changes a target and brings the service between its bounds at once. */
  Struct register(Struct in, Caller caller) {
    TargetKey key = TargetKey.of(in, caller);
    ServiceCounts.Counts counts =
        services
            .find(key.clusterArn(), key.service())
            .orElseThrow(
                () -> AutoScalingError.invalid("ECS service doesn't exist: " + key.resourceId()));
    ScalableTarget existing = state.targets.get(key);
    ScalableTarget target = existing == null ? create(key, in) : existing;
    int min = in.integer("MinCapacity").orElse(target.min);
    int max = in.integer("MaxCapacity").orElse(target.max);
    checkBounds(min, max);
    target.min = min;
    target.max = max;
    in.string("RoleARN").ifPresent(role -> target.roleArn = role);
    in.struct("SuspendedState").ifPresent(suspended -> suspend(target, suspended));
    if (existing == null) {
      // Tags count only when the target is made (AWS-FACTS 7).
      target.tags = merged(Map.of(), in);
      state.targets.put(key, target);
    }
    int capacity = target.clamp(counts.desired());
    if (capacity != counts.desired()) {
      services.setDesiredCount(key.clusterArn(), key.service(), capacity);
      state.activities.add(
          key,
          capacity,
          capacity == min
              ? "minimum capacity was set to " + min
              : "maximum capacity was set to " + max,
          scheduler.now());
    }
    return Struct.of().with("ScalableTargetARN", target.arn);
  }

  private ScalableTarget create(TargetKey key, Struct in) {
    if (!in.has("MinCapacity") || !in.has("MaxCapacity")) {
      throw AutoScalingError.invalid(
          "MinCapacity and MaxCapacity are required when a scalable target is registered.");
    }
    String id = "0ec5" + state.uuid().toString().replace("-", "");
    String arn =
        "arn:aws:application-autoscaling:"
            + key.region()
            + ":"
            + key.accountId()
            + ":scalable-target/"
            + id;
    return new ScalableTarget(key, arn, scheduler.now());
  }

  private static void checkBounds(int min, int max) {
    if (min < 0) {
      throw AutoScalingError.invalid("Minimum capacity must not be negative, was " + min);
    }
    if (max < min) {
      throw AutoScalingError.invalid(
          "Maximum capacity cannot be less than minimum capacity: " + max + " < " + min);
    }
  }

  private static void suspend(ScalableTarget target, Struct suspended) {
    target.inSuspended = suspended.bool("DynamicScalingInSuspended").orElse(target.inSuspended);
    target.outSuspended = suspended.bool("DynamicScalingOutSuspended").orElse(target.outSuspended);
    target.scheduledSuspended =
        suspended.bool("ScheduledScalingSuspended").orElse(target.scheduledSuspended);
  }

  Struct describe(Struct in, Caller caller) {
    TargetKey.requireNamespace(in);
    List<String> ids = in.strings("ResourceIds");
    if (ids.size() > MAX_RESOURCE_IDS) {
      throw AutoScalingError.invalid("At most 50 resource ids can be described in one call.");
    }
    List<ScalableTarget> found =
        state.targets.values().stream()
            .filter(target -> ids.isEmpty() || ids.contains(target.key.resourceId()))
            .toList();
    List<ScalableTarget> page = PAGES.slice(in, found, target -> target.arn);
    Struct answer =
        Struct.of().with("ScalableTargets", page.stream().map(ScalableTarget::describe).toList());
    PAGES.nextToken(found, page, target -> target.arn, answer);
    return answer;
  }

  /** Its policies and their alarms go with it; the desired count stays. */
  Struct deregister(Struct in, Caller caller) {
    TargetKey key = TargetKey.of(in, caller);
    state.target(key);
    state.targets.remove(key);
    return Struct.of();
  }

  Struct listTags(Struct in, Caller caller) {
    return Struct.of()
        .with("Tags", new LinkedHashMap<>(state.byArn(in.required("ResourceARN")).tags));
  }

  Struct tag(Struct in, Caller caller) {
    ScalableTarget target = state.byArn(in.required("ResourceARN"));
    target.tags = merged(target.tags, in);
    return Struct.of();
  }

  Struct untag(Struct in, Caller caller) {
    ScalableTarget target = state.byArn(in.required("ResourceARN"));
    in.strings("TagKeys").forEach(target.tags::remove);
    return Struct.of();
  }

  private static Map<String, String> merged(Map<String, String> existing, Struct in) {
    Map<String, String> tags = new LinkedHashMap<>(existing);
    in.map("Tags").forEach((key, value) -> tags.put(key, (String) value));
    if (tags.size() > MAX_TAGS) {
      throw new AwsException("TooManyTagsException", "A resource can have at most 50 tags.");
    }
    return tags;
  }
}
