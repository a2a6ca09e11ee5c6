package dev.fargate.local.aws.cloudmap;

import dev.fargate.local.aws.wire.Paging;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;

/** Filters and pages of Cloud Map's lists. */
final class Filtering {
  static final Paging PAGES =
      new Paging("NextToken", "MaxResults", 100, 100, CloudMapError::invalid);

  private Filtering() {}

  /** Whether a value passes all filters of that name; no filter lets everything pass. */
  static boolean matches(Struct in, String filterName, String value) {
    return in.structs("Filters").stream()
        .filter(filter -> filter.required("Name").equals(filterName))
        .allMatch(filter -> matches(filter, value));
  }

  private static boolean matches(Struct filter, String value) {
    List<String> values = filter.strings("Values");
    String condition = filter.string("Condition").orElse("EQ");
    return switch (condition) {
      case "EQ", "IN" -> values.contains(value);
      case "BEGINS_WITH" -> values.stream().anyMatch(value::startsWith);
      default -> throw CloudMapError.invalid("Condition " + condition + " is not valid here.");
    };
  }
}
