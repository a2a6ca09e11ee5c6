package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.aws.reading.TagChanges;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Tag;

/** ECS's tags from and to maps. */
final class EcsTags {
  private EcsTags() {}

  static List<Tag> of(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  static Map<String, String> map(List<Tag> tags) {
    Map<String, String> map = new TreeMap<>();
    tags.forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
    return map;
  }

  static void write(EcsClient ecs, String arn, TagChanges changes) {
    if (!changes.removed().isEmpty()) {
      ecs.untagResource(request -> request.resourceArn(arn).tagKeys(changes.removed()));
    }
    if (!changes.set().isEmpty()) {
      ecs.tagResource(request -> request.resourceArn(arn).tags(of(changes.set())));
    }
  }
}
