package dev.fargate.local.aws.cloudmap;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Tags of namespaces and services. */
final class Tags {
  private static final int MAX_TAGS = 50;

  private final CloudMapState state;

  Tags(CloudMapState state) {
    this.state = state;
  }

  static Map<String, String> merged(Map<String, String> existing, Struct in) {
    Map<String, String> tags = new LinkedHashMap<>(existing);
    for (Struct tag : in.structs("Tags")) {
      String key = tag.required("Key");
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw CloudMapError.invalid("Tag keys must not begin with aws:, was " + key);
      }
      tags.put(key, tag.required("Value"));
    }
    if (tags.size() > MAX_TAGS) {
      throw new AwsException("TooManyTagsException", "A resource can have at most 50 tags.");
    }
    return tags;
  }

  private record Tagged(Map<String, String> tags, Consumer<Map<String, String>> set) {}

  Struct list(Struct in, Caller caller) {
    List<Struct> tags =
        tagged(in).tags().entrySet().stream()
            .map(tag -> Struct.of().with("Key", tag.getKey()).with("Value", tag.getValue()))
            .toList();
    return Struct.of().with("Tags", tags);
  }

  Struct tag(Struct in, Caller caller) {
    Tagged tagged = tagged(in);
    tagged.set().accept(merged(tagged.tags(), in));
    return Struct.of();
  }

  Struct untag(Struct in, Caller caller) {
    Tagged tagged = tagged(in);
    Map<String, String> rest = new LinkedHashMap<>(tagged.tags());
    in.strings("TagKeys").forEach(rest::remove);
    tagged.set().accept(rest);
    return Struct.of();
  }

  private Tagged tagged(Struct in) {
    String arn = in.required("ResourceARN");
    Namespace namespace = state.namespaces.get(arn);
    if (namespace != null) {
      return new Tagged(namespace.tags, tags -> namespace.tags = tags);
    }
    DiscoveryService service = state.services.get(arn);
    if (service != null) {
      return new Tagged(service.tags, tags -> service.tags = tags);
    }
    throw new AwsException("ResourceNotFoundException", "Resource not found: " + arn);
  }
}
