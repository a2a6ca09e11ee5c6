package dev.fargate.operator.aws.ec2;

import dev.fargate.operator.aws.reading.TagChanges;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** EC2's tags and filters. */
final class Ec2Tags {
  private Ec2Tags() {}

  static List<Tag> of(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  static TagSpecification of(ResourceType type, Map<String, String> tags) {
    return TagSpecification.builder().resourceType(type).tags(of(tags)).build();
  }

  static Map<String, String> map(List<Tag> tags) {
    Map<String, String> map = new TreeMap<>();
    tags.forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
    return map;
  }

  static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  static void write(Ec2Client ec2, String id, TagChanges changes) {
    if (!changes.removed().isEmpty()) {
      ec2.deleteTags(
          request ->
              request
                  .resources(id)
                  .tags(
                      changes.removed().stream()
                          .map(key -> Tag.builder().key(key).build())
                          .toList()));
    }
    if (!changes.set().isEmpty()) {
      ec2.createTags(request -> request.resources(id).tags(of(changes.set())));
    }
  }
}
