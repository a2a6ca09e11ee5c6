package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The tags of load balancers, listeners, rules and target groups, by ARN. */
final class Tags {
  private static final int MAX_TAGS = 50;
  private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private final Map<String, Map<String, String>> tags = new HashMap<>();

  /** Reads and checks a Tags member; sent but empty is refused as AWS does. */
  static Map<String, String> parse(Struct input) {
    if (input.has("Tags") && input.structs("Tags").isEmpty()) {
      throw ElbErrors.validation("Tags must not be an empty list; leave it out instead");
    }
    Map<String, String> found = new TreeMap<>();
    for (Struct tag : input.structs("Tags")) {
      String key = tag.required("Key");
      String value = tag.string("Value").orElse("");
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw ElbErrors.validation("Tag keys starting with 'aws:' are reserved for internal use");
      }
      if (!TEXT.matcher(key).matches() || !TEXT.matcher(value).matches()) {
        throw ElbErrors.validation("Tag '" + key + "' contains a character that is not valid");
      }
      if (found.put(key, value) != null) {
        throw new AwsException("DuplicateTagKeys", "Tag keys must be unique: '" + key + "'");
      }
    }
    requireFew(found);
    return found;
  }

  void put(String arn, Map<String, String> added) {
    Map<String, String> merged = new TreeMap<>(tags.getOrDefault(arn, Map.of()));
    merged.putAll(added);
    requireFew(merged);
    tags.put(arn, merged);
  }

  void remove(String arn, List<String> keys) {
    keys.forEach(tags.getOrDefault(arn, new TreeMap<>())::remove);
  }

  void removeAll(String arn) {
    tags.remove(arn);
  }

  List<Struct> structs(String arn) {
    return tags.getOrDefault(arn, Map.of()).entrySet().stream()
        .map(tag -> Struct.of().with("Key", tag.getKey()).with("Value", tag.getValue()))
        .toList();
  }

  private static void requireFew(Map<String, String> held) {
    if (held.size() > MAX_TAGS) {
      throw new AwsException("TooManyTags", "A resource has at most " + MAX_TAGS + " tags");
    }
  }
}
