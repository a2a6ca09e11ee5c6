package dev.fargate.operator.aws.autoscaling;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.ScalingPolicy;
import dev.fargate.operator.stack.Value;
import dev.fargate.operator.stack.build.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.TargetTrackingScalingPolicyConfiguration;

/**
 * Target tracking policies. AWS cannot tag them: one is ours when its scalable target is, and its
 * name is the one we give. Then it gets our tags here, as if it carried them.
 */
public final class ScalingPolicyReader implements Reader {
  /** AWS's defaults of both cooldowns for ECS (AWS-FACTS 7). */
  private static final int DEFAULT_COOLDOWN_SECONDS = 300;

  private static final List<String> METRICS = List.of("cpu", "memory", "requests");

  private final ApplicationAutoScalingClient scaling;
  private final Supplier<Scope> scope;

  public ScalingPolicyReader(ApplicationAutoScalingClient scaling, Supplier<Scope> scope) {
    this.scaling = scaling;
    this.scope = scope;
  }

  @Override
  public Kind kind() {
    return Kind.SCALING_POLICY;
  }

  @Override
  public Part sweep(Known known) {
    String ofCluster = "service/" + scope.get().clusterName() + "/";
    return Part.all(
        describe(null, known).stream()
            .filter(seen -> resource(seen).startsWith(ofCluster))
            .toList());
  }

  @Override
  public Part read(Need need) {
    Set<String> resources = new TreeSet<>();
    need.wanted()
        .forEach(
            wanted -> {
              if (((ScalingPolicy) wanted).resource() instanceof Value.Known resource) {
                resources.add(resource.value());
              }
            });
    need.there()
        .forEach(there -> resources.add(((ScalingPolicy) there.actual()).resource().toString()));
    List<Seen> found = new ArrayList<>();
    resources.forEach(resource -> found.addAll(describe(resource, need.known())));
    return new Part(seen -> resources.contains(resource(seen)), found);
  }

  private static String resource(Seen policy) {
    return ((ScalingPolicy) policy.actual()).resource().toString();
  }

  /**
   * @param resourceId null for all; without a page size AWS gives its largest page
   */
  private List<Seen> describe(String resourceId, Known known) {
    Map<String, Seen> targets = new HashMap<>();
    known.of(Kind.SCALABLE_TARGET).forEach(target -> targets.put(target.key(), target));
    List<Seen> found = new ArrayList<>();
    scaling
        .describeScalingPoliciesPaginator(
            request -> {
              request.serviceNamespace(Ecs.NAMESPACE);
              if (resourceId != null) {
                request.resourceId(resourceId).scalableDimension(Ecs.COUNT);
              }
            })
        .scalingPolicies()
        .stream()
        .filter(policy -> policy.policyType() == PolicyType.TARGET_TRACKING_SCALING)
        .forEach(policy -> found.add(seen(policy, targets.get(policy.resourceId()))));
    return found;
  }

  private Seen seen(
      software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy policy,
      Seen target) {
    Map<String, String> tags = tags(policy.policyName(), target);
    TargetTrackingScalingPolicyConfiguration tracking =
        policy.targetTrackingScalingPolicyConfiguration();
    var metric = tracking.predefinedMetricSpecification();
    String label = metric == null ? null : metric.resourceLabel();
    return Seen.active(
        policy.resourceId() + " " + policy.policyName(),
        new ScalingPolicy(
            Seen.id(Kind.SCALING_POLICY, tags),
            policy.policyName(),
            Value.known(policy.resourceId()),
            metric == null ? "" : metric.predefinedMetricTypeAsString(),
            label == null ? null : Value.known(label),
            (int) Math.round(tracking.targetValue()),
            cooldown(tracking.scaleInCooldown()),
            cooldown(tracking.scaleOutCooldown()),
            Boolean.TRUE.equals(tracking.disableScaleIn())),
        Map.of(Output.ARN, policy.policyARN()),
        tags);
  }

  private static int cooldown(Integer seconds) {
    return seconds == null ? DEFAULT_COOLDOWN_SECONDS : seconds;
  }

  private Map<String, String> tags(String policyName, Seen target) {
    String ownerId = scope.get().ownerId();
    String reference = target == null ? null : target.ownerReference(ownerId);
    if (reference == null) {
      return Map.of();
    }
    Owner owner = Owner.parse(ownerId, reference);
    for (String metric : METRICS) {
      ResourceId id = Ids.policy(metric);
      if (Names.readable(owner, id).equals(policyName)) {
        Map<String, String> tags = new TreeMap<>();
        tags.put(Ownership.OWNER_ID, ownerId);
        tags.put(Ownership.RESOURCE_OF, reference);
        tags.put(Ownership.RESOURCE_ID, id.toString());
        return tags;
      }
    }
    return Map.of();
  }
}
