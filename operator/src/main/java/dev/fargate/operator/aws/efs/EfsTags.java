package dev.fargate.operator.aws.efs;

import dev.fargate.operator.aws.reading.TagChanges;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.Tag;

/** EFS's tags; file systems and access points are told with theirs. */
final class EfsTags {
  private EfsTags() {}

  static List<Tag> of(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  static Map<String, String> map(List<Tag> tags) {
    Map<String, String> map = new TreeMap<>();
    tags.forEach(tag -> map.put(tag.key(), tag.value()));
    return map;
  }

  static void write(EfsClient efs, String resourceId, TagChanges changes) {
    if (!changes.removed().isEmpty()) {
      efs.untagResource(request -> request.resourceId(resourceId).tagKeys(changes.removed()));
    }
    if (!changes.set().isEmpty()) {
      efs.tagResource(request -> request.resourceId(resourceId).tags(of(changes.set())));
    }
  }
}
