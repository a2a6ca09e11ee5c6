package dev.fargate.operator.aws.elb;

import dev.fargate.operator.aws.reading.TagCache;
import dev.fargate.operator.aws.reading.TagChanges;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/** Elastic Load Balancing's tags from and to maps. */
public final class ElbTags {
  /** AWS's limit of DescribeTags (AWS-FACTS 10). */
  private static final int DESCRIBED = 20;

  private ElbTags() {}

  static List<Tag> of(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  /** The tags of one kind's things, twenty per call. */
  public static TagCache cache(ElasticLoadBalancingV2Client elb, Clock clock) {
    return new TagCache(clock, TagCache.TAGS, DESCRIBED, arns -> read(elb, arns));
  }

  private static Map<String, Map<String, String>> read(
      ElasticLoadBalancingV2Client elb, List<String> arns) {
    Map<String, Map<String, String>> found = new HashMap<>();
    elb.describeTags(request -> request.resourceArns(arns))
        .tagDescriptions()
        .forEach(
            description -> {
              Map<String, String> tags = new TreeMap<>();
              description
                  .tags()
                  .forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
              found.put(description.resourceArn(), tags);
            });
    return found;
  }

  static void write(ElasticLoadBalancingV2Client elb, String arn, TagChanges changes) {
    if (!changes.removed().isEmpty()) {
      elb.removeTags(request -> request.resourceArns(arn).tagKeys(changes.removed()));
    }
    if (!changes.set().isEmpty()) {
      elb.addTags(request -> request.resourceArns(arn).tags(of(changes.set())));
    }
  }

  /** The last part of an ARN, {@code app/name/id} or {@code targetgroup/name/id}. */
  static String suffix(String arn) {
    String last = arn.substring(arn.lastIndexOf(':') + 1);
    return last.startsWith("loadbalancer/") ? last.substring("loadbalancer/".length()) : last;
  }
}
