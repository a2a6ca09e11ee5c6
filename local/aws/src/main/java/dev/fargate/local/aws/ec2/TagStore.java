package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The tags of every EC2 resource, by resource id. */
final class TagStore {
  private static final int MAX_TAGS = 50;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;

  private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();

  Map<String, String> of(String resourceId) {
    return tags.getOrDefault(resourceId, Map.of());
  }

  void put(String resourceId, Map<String, String> added) {
    if (added.isEmpty()) {
      return;
    }
    Map<String, String> merged = new TreeMap<>(of(resourceId));
    merged.putAll(added);
    if (merged.size() > MAX_TAGS) {
      throw new AwsException(
          "TagLimitExceeded",
          "The maximum number of tags for a resource has been reached: " + MAX_TAGS + ".");
    }
    tags.put(resourceId, merged);
  }

  /** Removes a tag; a null value removes it whatever its value is. */
  void remove(String resourceId, String key, String value) {
    Map<String, String> held = tags.get(resourceId);
    if (held != null && (value == null || value.equals(held.get(key)))) {
      held.remove(key);
    }
  }

  void removeAll(String resourceId) {
    tags.remove(resourceId);
  }

  /** A resource's tags as a list of Tag structures; empty when it has none. */
  List<Struct> structs(String resourceId) {
    List<Struct> list = new ArrayList<>();
    of(resourceId)
        .forEach((key, value) -> list.add(Struct.of().with("Key", key).with("Value", value)));
    return list;
  }

  Map<String, Map<String, String>> all() {
    return tags;
  }

  /** The tags of a create call's TagSpecifications, which may name only the type created. */
  static Map<String, String> specified(Struct input, String resourceType) {
    Map<String, String> found = new TreeMap<>();
    for (Struct specification : input.structs("TagSpecifications")) {
      String type = specification.string("ResourceType").orElse("");
      if (!type.equals(resourceType)) {
        throw new AwsException(
            "InvalidParameterValue",
            "'"
                + type
                + "' is not a valid taggable resource type for this operation; use '"
                + resourceType
                + "'.");
      }
      found.putAll(parse(specification.structs("Tags")));
    }
    return found;
  }

  /** Checks and reads Tag structures. */
  static Map<String, String> parse(List<Struct> structs) {
    Map<String, String> found = new TreeMap<>();
    for (Struct tag : structs) {
      String key = tag.string("Key").orElse("");
      String value = tag.string("Value").orElse("");
      if (key.isEmpty() || key.length() > MAX_KEY) {
        throw new AwsException(
            "InvalidParameterValue", "Tag key must be between 1 and 128 characters: '" + key + "'");
      }
      if (value.length() > MAX_VALUE) {
        throw new AwsException(
            "InvalidParameterValue", "Tag value exceeds the maximum length of 256 characters");
      }
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw new AwsException(
            "InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use");
      }
      if (found.put(key, value) != null) {
        throw new AwsException(
            "InvalidParameterValue", "Duplicate tag key '" + key + "' specified.");
      }
    }
    return found;
  }
}
