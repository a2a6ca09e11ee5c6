package dev.fargate.operator.aws.autoscaling;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ScalableTarget;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;

/**
 * Scalable targets. Registering is an upsert that clamps the count into the bounds at once, and it
 * takes tags only on the first time (AWS-FACTS 7).
 */
public final class ScalableTargetRunner implements Runner {
  private final ApplicationAutoScalingClient scaling;

  public ScalableTargetRunner(ApplicationAutoScalingClient scaling) {
    this.scaling = scaling;
  }

  @Override
  public Kind kind() {
    return Kind.SCALABLE_TARGET;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    ScalableTarget wanted = (ScalableTarget) desired;
    String arn =
        scaling
            .registerScalableTarget(
                request ->
                    request
                        .serviceNamespace(Ecs.NAMESPACE)
                        .scalableDimension(Ecs.COUNT)
                        .resourceId(wanted.resource().toString())
                        .minCapacity(wanted.minCapacity())
                        .maxCapacity(wanted.maxCapacity())
                        .suspendedState(suspended(wanted.suspended()))
                        .tags(tags))
            .scalableTargetARN();
    return Map.of(Output.ARN, arn);
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    ScalableTarget wanted = (ScalableTarget) desired;
    boolean bounds = action.touches("minCapacity") || action.touches("maxCapacity");
    boolean suspended = action.touches("suspended");
    if (bounds || suspended) {
      scaling.registerScalableTarget(
          request -> {
            request
                .serviceNamespace(Ecs.NAMESPACE)
                .scalableDimension(Ecs.COUNT)
                .resourceId(wanted.resource().toString());
            if (bounds) {
              request.minCapacity(wanted.minCapacity()).maxCapacity(wanted.maxCapacity());
            }
            if (suspended) {
              request.suspendedState(suspended(wanted.suspended()));
            }
          });
    }
    String arn = action.observed().outputs().get(Output.ARN);
    TagChanges changes = TagChanges.of(action);
    if (!changes.removed().isEmpty()) {
      scaling.untagResource(request -> request.resourceARN(arn).tagKeys(changes.removed()));
    }
    if (!changes.set().isEmpty()) {
      scaling.tagResource(request -> request.resourceARN(arn).tags(changes.set()));
    }
    return action.observed().outputs();
  }

  /** Its policies and their alarms go with it; the count stays (AWS-FACTS 7). */
  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      scaling.deregisterScalableTarget(
          request ->
              request
                  .serviceNamespace(Ecs.NAMESPACE)
                  .scalableDimension(Ecs.COUNT)
                  .resourceId(((ScalableTarget) observed.actual()).resource().toString()));
    } catch (ObjectNotFoundException gone) {
      // What was to be reached.
    }
  }

  private static SuspendedState suspended(boolean all) {
    return SuspendedState.builder()
        .dynamicScalingInSuspended(all)
        .dynamicScalingOutSuspended(all)
        .scheduledScalingSuspended(all)
        .build();
  }
}
