package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.wire.Struct;
import java.util.Map;
import java.util.TreeMap;

/** Tags of vaults, plans and recovery points. */
final class TagCalls {
  private static final int LIMIT = 50;

  private final BackupState state;

  TagCalls(BackupState state) {
    this.state = state;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "ListTags", (input, caller) -> list(input),
        "TagResource", (input, caller) -> tag(input),
        "UntagResource", (input, caller) -> untag(input));
  }

  private Struct list(Struct input) {
    // A resource has at most 50: there is never a second page.
    return Struct.of().with("Tags", new TreeMap<>(state.tags(input.required("ResourceArn"))));
  }

  private Struct tag(Struct input) {
    put(state.tags(input.required("ResourceArn")), input.map("Tags"));
    return Struct.of();
  }

  private Struct untag(Struct input) {
    state.tags(input.required("ResourceArn")).keySet().removeAll(input.strings("TagKeyList"));
    return Struct.of();
  }

  static void put(Map<String, String> tags, Map<String, Object> more) {
    more.forEach(
        (key, value) -> {
          if (key.startsWith("aws:")) {
            throw BackupErrors.bad("The tag key '" + key + "' begins with aws:, which AWS keeps.");
          }
          tags.put(key, String.valueOf(value));
        });
    if (tags.size() > LIMIT) {
      throw BackupErrors.bad("More than " + LIMIT + " tags.");
    }
  }
}
