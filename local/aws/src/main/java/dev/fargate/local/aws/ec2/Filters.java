package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The filters of a Describe call: all filters must match, of each filter one value; {@code *} and
 * {@code ?} are wildcards. Tags filter by {@code tag:KEY} and {@code tag-key}.
 */
final class Filters<T> {
  private final Function<T, String> id;
  private final TagStore tags;
  private final Map<String, Function<T, Collection<String>>> attributes = new HashMap<>();

  Filters(Function<T, String> id, TagStore tags) {
    this.id = id;
    this.tags = tags;
  }

  /** Adds a filter name; the values of a row may be none. */
  Filters<T> on(String name, Function<T, Collection<String>> values) {
    attributes.put(name, values);
    return this;
  }

  /** Adds a filter name whose value is always there once. */
  Filters<T> onOne(String name, Function<T, String> value) {
    return on(name, row -> List.of(value.apply(row)));
  }

  List<T> select(Struct input, Collection<T> rows) {
    List<Struct> filters = input.structs("Filters");
    filters.forEach(this::requireKnown);
    return rows.stream()
        .filter(row -> filters.stream().allMatch(filter -> matches(filter, row)))
        .toList();
  }

  private void requireKnown(Struct filter) {
    String name = filter.string("Name").orElse("");
    if (!attributes.containsKey(name) && !name.startsWith("tag:") && !name.equals("tag-key")) {
      throw new AwsException("InvalidParameterValue", "The filter '" + name + "' is invalid");
    }
  }

  private boolean matches(Struct filter, T row) {
    String name = filter.string("Name").orElse("");
    Collection<String> held = values(name, row);
    return filter.strings("Values").stream()
        .map(Filters::pattern)
        .anyMatch(pattern -> held.stream().anyMatch(pattern));
  }

  private Collection<String> values(String name, T row) {
    Map<String, String> held = tags.of(id.apply(row));
    if (name.equals("tag-key")) {
      return held.keySet();
    }
    if (name.startsWith("tag:")) {
      String value = held.get(name.substring("tag:".length()));
      return value == null ? List.of() : List.of(value);
    }
    return attributes.get(name).apply(row);
  }

  private static Predicate<String> pattern(String wildcards) {
    if (wildcards.indexOf('*') < 0 && wildcards.indexOf('?') < 0) {
      return wildcards::equals;
    }
    StringBuilder regex = new StringBuilder();
    for (char c : wildcards.toCharArray()) {
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
  }
}
