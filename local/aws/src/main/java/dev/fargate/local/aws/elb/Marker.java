package dev.fargate.local.aws.elb;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.function.Function;

/** Pages by Marker and PageSize, 400 rows at most. */
final class Marker {
  private static final int MAX_PAGE = 400;

  private Marker() {}

  static <T> Struct page(Struct input, String member, List<T> rows, Function<T, Struct> render) {
    int start = Math.min(rows.size(), input.string("Marker").map(Marker::offset).orElse(0));
    int end = Math.min(rows.size(), start + input.integer("PageSize").orElse(MAX_PAGE));
    return Struct.of()
        .with(member, rows.subList(start, end).stream().map(render).toList())
        .with("NextMarker", end < rows.size() ? String.valueOf(end) : null);
  }

  private static int offset(String marker) {
    if (!marker.matches("[0-9]{1,9}")) {
      throw ElbErrors.validation("Invalid marker: '" + marker + "'");
    }
    return Integer.parseInt(marker);
  }
}
