package dev.fargate.operator.aws.elb;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagCache;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.TargetGroup;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/**
 * All target groups of the region with ip targets. Their attributes have no batch call, so those of
 * our own are read one by one, at first sight and then rarely.
 */
public final class TargetGroupReader implements Reader {
  /** AWS's largest page (AWS-FACTS 10). */
  private static final int PAGE = 400;

  /** One call per group: with a sweep a minute, a tenth of them in each. */
  private static final Duration ATTRIBUTES = Duration.ofMinutes(10);

  private static final String STICKINESS = "stickiness.enabled";

  /** The attributes that the API has fields for; all others keep AWS's values. */
  private static final Set<String> OURS =
      Set.of(
          "deregistration_delay.timeout_seconds",
          "slow_start.duration_seconds",
          "load_balancing.algorithm.type",
          STICKINESS);

  /** Meaningless, and left out, while stickiness is off. */
  private static final Set<String> WITH_STICKINESS =
      Set.of("stickiness.type", "stickiness.lb_cookie.duration_seconds");

  private final ElasticLoadBalancingV2Client elb;
  private final String ownerId;
  private final TagCache tags;
  private final TagCache attributes;

  public TargetGroupReader(ElasticLoadBalancingV2Client elb, String ownerId, Clock clock) {
    this.elb = elb;
    this.ownerId = ownerId;
    this.tags = ElbTags.cache(elb, clock);
    this.attributes = new TagCache(clock, ATTRIBUTES, 1, this::attributes);
  }

  @Override
  public Kind kind() {
    return Kind.TARGET_GROUP;
  }

  @Override
  public Part sweep(Known known) {
    List<software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup> all =
        new ArrayList<>();
    elb.describeTargetGroupsPaginator(request -> request.pageSize(PAGE)).targetGroups().stream()
        .filter(group -> group.targetType() == TargetTypeEnum.IP)
        .forEach(all::add);
    Map<String, Map<String, String>> tagged =
        tags.sweep(all.stream().map(group -> group.targetGroupArn()).toList());
    return Part.all(seen(all, tagged, this::isOurs));
  }

  @Override
  public Part read(Need need) {
    Set<String> names = new LinkedHashSet<>();
    for (Resource wanted : need.wanted()) {
      names.add(wanted.physicalName());
    }
    for (ObservedResource there : need.there()) {
      names.add(there.actual().physicalName());
    }
    List<software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup> found =
        new ArrayList<>();
    for (String name : names) {
      try {
        // One by one: AWS refuses the whole call when one of the names is unknown.
        elb.describeTargetGroupsPaginator(request -> request.names(name))
            .targetGroups()
            .forEach(found::add);
      } catch (TargetGroupNotFoundException none) {
        // Then it is not in the answer.
      }
    }
    found.forEach(group -> forget(group.targetGroupArn()));
    return new Part(
        seen -> names.contains(seen.actual().physicalName()),
        // One that others have made may be taken over: then it has to be known as a whole.
        seen(
            found,
            tags.get(found.stream().map(group -> group.targetGroupArn()).toList()),
            any -> true));
  }

  @Override
  public void forget(String key) {
    tags.forget(key);
    attributes.forget(key);
  }

  private boolean isOurs(Map<String, String> tagged) {
    return ownerId.equals(tagged.get(Ownership.OWNER_ID));
  }

  private List<Seen> seen(
      List<software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup> groups,
      Map<String, Map<String, String>> tagged,
      Predicate<Map<String, String>> whole) {
    List<Seen> seen = new ArrayList<>();
    for (var group : groups) {
      String arn = group.targetGroupArn();
      Map<String, String> own = tagged.get(arn);
      if (own == null) {
        // It went away between the two calls.
        continue;
      }
      Map<String, String> settings =
          whole.test(own) ? attributes.get(List.of(arn)).get(arn) : Map.<String, String>of();
      if (settings != null) {
        seen.add(
            Seen.active(
                arn,
                resource(group, own, settings),
                Map.of(
                    Output.ARN,
                    arn,
                    Output.NAME,
                    group.targetGroupName(),
                    Output.ARN_SUFFIX,
                    ElbTags.suffix(arn)),
                own));
      }
    }
    return seen;
  }

  private static TargetGroup resource(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup group,
      Map<String, String> tags,
      Map<String, String> settings) {
    return new TargetGroup(
        Seen.id(Kind.TARGET_GROUP, tags),
        group.targetGroupName(),
        group.port(),
        group.protocolAsString(),
        group.protocolVersion() == null ? "HTTP1" : group.protocolVersion(),
        group.vpcId(),
        new TargetGroup.HealthCheck(
            group.healthCheckProtocolAsString(),
            group.healthCheckPort(),
            group.healthCheckPath(),
            group.healthCheckIntervalSeconds(),
            group.healthCheckTimeoutSeconds(),
            group.healthyThresholdCount(),
            group.unhealthyThresholdCount(),
            group.matcher() == null ? null : group.matcher().httpCode()),
        canonical(settings));
  }

  private static SortedMap<String, String> canonical(Map<String, String> settings) {
    SortedMap<String, String> kept = new TreeMap<>(settings);
    boolean sticky = "true".equals(settings.get(STICKINESS));
    kept.keySet()
        .removeIf(key -> !OURS.contains(key) && !(sticky && WITH_STICKINESS.contains(key)));
    return kept;
  }

  private Map<String, Map<String, String>> attributes(List<String> arns) {
    Map<String, Map<String, String>> found = new HashMap<>();
    for (String arn : arns) {
      try {
        Map<String, String> values = new TreeMap<>();
        elb.describeTargetGroupAttributes(request -> request.targetGroupArn(arn))
            .attributes()
            .forEach(attribute -> values.put(attribute.key(), attribute.value()));
        found.put(arn, values);
      } catch (TargetGroupNotFoundException gone) {
        // Then it has none.
      }
    }
    return found;
  }
}
