package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Tags of ECS resources and their rules (AWS-FACTS 2). */
final class Tags {
  private static final int MAX_TAGS = 50;
  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private Tags() {}

  /** The tags of a create call, checked. */
  static Map<String, String> read(Struct input) {
    return merged(Map.of(), input);
  }

  /** The existing tags with those of the request put over them, checked. */
  static Map<String, String> merged(Map<String, String> existing, Struct input) {
    Map<String, String> tags = new LinkedHashMap<>(existing);
    Set<String> seen = new HashSet<>();
    for (Struct tag : input.structs("tags")) {
      String key = tag.string("key").orElse("");
      String value = tag.string("value").orElse("");
      check(key, value);
      if (!seen.add(key)) {
        throw EcsError.invalid("Duplicate tag keys found. Please note that Tag keys are unique.");
      }
      tags.put(key, value);
    }
    if (tags.size() > MAX_TAGS) {
      throw EcsError.invalid("Tags can not have more than " + MAX_TAGS + " elements.");
    }
    return tags;
  }

  static List<Struct> write(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Struct.of().with("key", tag.getKey()).with("value", tag.getValue()))
        .toList();
  }

  private static void check(String key, String value) {
    if (key.isEmpty() || key.length() > 128 || value.length() > 256) {
      throw EcsError.invalid(
          "Tag key must have 1 to 128 and tag value 0 to 256 characters: '" + key + "'.");
    }
    if (key.toLowerCase(Locale.ROOT).startsWith("aws:")
        || value.toLowerCase(Locale.ROOT).startsWith("aws:")) {
      throw EcsError.invalid("Tag key or value must not begin with the reserved prefix aws:.");
    }
    if (!ALLOWED.matcher(key).matches() || !ALLOWED.matcher(value).matches()) {
      throw EcsError.invalid("Tag '" + key + "' contains invalid characters.");
    }
  }
}
