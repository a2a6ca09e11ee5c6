package dev.fargate.operator.aws.autoscaling;

import dev.fargate.operator.aws.reading.Batches;
import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagCache;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.ScalableTarget;
import dev.fargate.operator.stack.Value;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ResourceNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;

/** The scalable targets of the cluster's services, fifty per call. */
public final class ScalableTargetReader implements Reader {
  /** AWS's largest page, and its limit of resource ids per call (AWS-FACTS 10). */
  private static final int PAGE = 50;

  private final ApplicationAutoScalingClient scaling;
  private final Supplier<Scope> scope;
  private final TagCache tags;
  private final Map<String, String> arnByResource = new ConcurrentHashMap<>();

  public ScalableTargetReader(
      ApplicationAutoScalingClient scaling, Supplier<Scope> scope, Clock clock) {
    this.scaling = scaling;
    this.scope = scope;
    this.tags = new TagCache(clock, TagCache.TAGS, 1, this::tags);
  }

  @Override
  public Kind kind() {
    return Kind.SCALABLE_TARGET;
  }

  /** Without ids, since a target may outlive its service (AWS-FACTS 7). */
  @Override
  public Part sweep(Known known) {
    List<software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget> targets =
        describe(Set.of());
    String ofCluster = "service/" + scope.get().clusterName() + "/";
    targets.removeIf(target -> !target.resourceId().startsWith(ofCluster));
    return Part.all(seen(targets));
  }

  @Override
  public Part read(Need need) {
    Set<String> resources = new TreeSet<>();
    need.wanted()
        .forEach(
            wanted -> {
              if (((ScalableTarget) wanted).resource() instanceof Value.Known resource) {
                resources.add(resource.value());
              }
            });
    need.there()
        .forEach(there -> resources.add(((ScalableTarget) there.actual()).resource().toString()));
    List<software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget> targets =
        new ArrayList<>();
    Batches.of(resources, PAGE).forEach(batch -> targets.addAll(describe(batch)));
    targets.forEach(target -> tags.forget(target.scalableTargetARN()));
    return new Part(seen -> resources.contains(seen.key()), seen(targets));
  }

  @Override
  public void forget(String key) {
    String arn = arnByResource.get(key);
    if (arn != null) {
      tags.forget(arn);
    }
  }

  private List<software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget>
      describe(Collection<String> resources) {
    List<software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget> found =
        new ArrayList<>();
    scaling
        .describeScalableTargetsPaginator(
            request -> {
              request.serviceNamespace(Ecs.NAMESPACE).scalableDimension(Ecs.COUNT).maxResults(PAGE);
              if (!resources.isEmpty()) {
                request.resourceIds(resources);
              }
            })
        .scalableTargets()
        .forEach(found::add);
    return found;
  }

  private List<Seen> seen(
      List<software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget> targets) {
    Map<String, Map<String, String>> tagged =
        tags.get(targets.stream().map(target -> target.scalableTargetARN()).toList());
    List<Seen> seen = new ArrayList<>();
    for (var target : targets) {
      Map<String, String> own = tagged.get(target.scalableTargetARN());
      if (own != null) {
        arnByResource.put(target.resourceId(), target.scalableTargetARN());
        seen.add(
            Seen.active(
                target.resourceId(),
                new ScalableTarget(
                    Seen.id(Kind.SCALABLE_TARGET, own),
                    Value.known(target.resourceId()),
                    target.minCapacity(),
                    target.maxCapacity(),
                    suspended(target.suspendedState())),
                Map.of(Output.ARN, target.scalableTargetARN()),
                own));
      }
    }
    return seen;
  }

  private static boolean suspended(SuspendedState state) {
    return state != null
        && Boolean.TRUE.equals(state.dynamicScalingInSuspended())
        && Boolean.TRUE.equals(state.dynamicScalingOutSuspended())
        && Boolean.TRUE.equals(state.scheduledScalingSuspended());
  }

  private Map<String, Map<String, String>> tags(List<String> arns) {
    Map<String, Map<String, String>> found = new HashMap<>();
    for (String arn : arns) {
      try {
        found.put(arn, scaling.listTagsForResource(request -> request.resourceARN(arn)).tags());
      } catch (ResourceNotFoundException gone) {
        // Then it has none.
      }
    }
    return found;
  }
}
