package dev.fargate.operator.stack;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What references resolve to: the outputs of the resources that exist. The planner starts it from
 * what is observed; {@code apply} adds the outputs of each action that it has carried out, so that
 * the next action of the same pass finds them. Immutable.
 */
public final class Resolution {
  private static final Resolution NONE = new Resolution(Map.of());

  private final Map<ResourceId, Map<Output, String>> outputs;

  private Resolution(Map<ResourceId, Map<Output, String>> outputs) {
    this.outputs = outputs;
  }

  /** Nothing is known. */
  public static Resolution none() {
    return NONE;
  }

  /** As this one, with the outputs of one more resource; newer outputs win. */
  public Resolution with(ResourceId id, Map<Output, String> more) {
    Map<Output, String> merged = new EnumMap<>(Output.class);
    merged.putAll(outputs.getOrDefault(id, Map.of()));
    merged.putAll(more);
    return replacing(id, merged);
  }

  /** As this one, without an output that is about to change. */
  public Resolution without(ResourceId id, Output output) {
    if (!outputs.containsKey(id)) {
      return this;
    }
    Map<Output, String> fewer = new EnumMap<>(Output.class);
    fewer.putAll(outputs.get(id));
    fewer.remove(output);
    return replacing(id, fewer);
  }

  private Resolution replacing(ResourceId id, Map<Output, String> these) {
    Map<ResourceId, Map<Output, String>> all = new LinkedHashMap<>(outputs);
    all.put(id, these);
    return new Resolution(all);
  }

  public Optional<String> get(ResourceId id, Output output) {
    return Optional.ofNullable(outputs.getOrDefault(id, Map.of()).get(output));
  }

  /** A {@code Known} where everything is known, else the value with its known parts filled in. */
  public Value resolve(Value value) {
    if (value instanceof Value.Ref ref) {
      return get(ref.resource(), ref.output()).map(Value::known).orElse(ref);
    } else if (value instanceof Value.Joined joined) {
      Value.Joined parts = new Value.Joined(joined.parts().stream().map(this::resolve).toList());
      return isKnown(parts) ? Value.known(parts.toString()) : parts;
    }
    return value;
  }

  /** The same resource with its references resolved as far as known. */
  @SuppressWarnings("unchecked") // mapping values keeps the kind
  public <R extends Resource> R resolve(R resource) {
    return (R) ResourceValues.map(resource, this::resolve);
  }

  /** Whether nothing in the value waits for another resource. */
  public static boolean isKnown(Value value) {
    if (value instanceof Value.Joined joined) {
      return joined.parts().stream().allMatch(Resolution::isKnown);
    }
    return value instanceof Value.Known;
  }

  /** Whether every value of the resource is known, so that it can be sent to AWS. */
  public static boolean isKnown(Resource resource) {
    return references(resource).isEmpty();
  }

  /** The resources that this one refers to and that are not resolved in it; sorted by text. */
  public static SortedSet<ResourceId> references(Resource resource) {
    SortedSet<ResourceId> found = new TreeSet<>(java.util.Comparator.comparing(Object::toString));
    ResourceValues.map(
        resource,
        value -> {
          collect(value, found);
          return value;
        });
    return found;
  }

  private static void collect(Value value, SortedSet<ResourceId> found) {
    if (value instanceof Value.Ref ref) {
      found.add(ref.resource());
    } else if (value instanceof Value.Joined joined) {
      joined.parts().forEach(part -> collect(part, found));
    }
  }
}
