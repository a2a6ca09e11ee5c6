package dev.fargate.operator.aws.cloudmap;

import dev.fargate.operator.aws.reading.TagCache;
import dev.fargate.operator.aws.reading.TagChanges;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;
import software.amazon.awssdk.services.servicediscovery.model.ResourceNotFoundException;
import software.amazon.awssdk.services.servicediscovery.model.Tag;

/** Cloud Map's tags: one call per thing, so they are read once and kept. */
final class CloudMapTags {
  private CloudMapTags() {}

  static List<Tag> of(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  static TagCache cache(ServiceDiscoveryClient cloudMap, Clock clock) {
    return new TagCache(
        clock,
        TagCache.TAGS,
        1,
        arns -> {
          Map<String, Map<String, String>> found = new HashMap<>();
          for (String arn : arns) {
            try {
              found.put(arn, read(cloudMap, arn));
            } catch (ResourceNotFoundException gone) {
              // Then it has none.
            }
          }
          return found;
        });
  }

  static Map<String, String> read(ServiceDiscoveryClient cloudMap, String arn) {
    Map<String, String> tags = new TreeMap<>();
    cloudMap
        .listTagsForResource(request -> request.resourceARN(arn))
        .tags()
        .forEach(tag -> tags.put(tag.key(), tag.value() == null ? "" : tag.value()));
    return tags;
  }

  static void write(ServiceDiscoveryClient cloudMap, String arn, TagChanges changes) {
    if (!changes.removed().isEmpty()) {
      cloudMap.untagResource(request -> request.resourceARN(arn).tagKeys(changes.removed()));
    }
    if (!changes.set().isEmpty()) {
      cloudMap.tagResource(request -> request.resourceARN(arn).tags(of(changes.set())));
    }
  }
}
