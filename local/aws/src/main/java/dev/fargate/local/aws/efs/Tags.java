package dev.fargate.local.aws.efs;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;

/** Tags from and to their form on the wire, and the calls that change them. */
final class Tags {
  private static final int LIMIT = 50;

  private final EfsState state;

  Tags(EfsState state) {
    this.state = state;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "TagResource", (input, caller) -> tag(input),
        "UntagResource", (input, caller) -> untag(input),
        "ListTagsForResource", (input, caller) -> list(input));
  }

  private Struct tag(Struct input) {
    put(state.tags(input.required("ResourceId")), input.structs("Tags"));
    return Struct.of();
  }

  private Struct untag(Struct input) {
    state.tags(input.required("ResourceId")).keySet().removeAll(input.strings("TagKeys"));
    return Struct.of();
  }

  private Struct list(Struct input) {
    return Struct.of().with("Tags", list(state.tags(input.required("ResourceId"))));
  }

  static void put(Map<String, String> tags, List<Struct> more) {
    for (Struct tag : more) {
      String key = tag.required("Key");
      if (key.startsWith("aws:")) {
        throw EfsErrors.bad("The tag key '" + key + "' begins with aws:, which AWS keeps.");
      }
      tags.put(key, tag.string("Value").orElse(""));
    }
    if (tags.size() > LIMIT) {
      throw EfsErrors.bad("More than " + LIMIT + " tags.");
    }
  }

  static List<Struct> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Struct.of().with("Key", tag.getKey()).with("Value", tag.getValue()))
        .toList();
  }
}
