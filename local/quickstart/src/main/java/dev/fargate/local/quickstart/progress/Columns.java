package dev.fargate.local.quickstart.progress;

import java.time.Duration;
import java.util.Locale;

/** How a row is laid out. */
final class Columns {
  private static final int RESOURCE = 46;
  private static final int STATE = 20;

  private Columns() {}

  static String header() {
    return format("RESOURCE", "STATE", "SINCE", "");
  }

  static String of(Row row) {
    return format(row.resource(), row.state(), seconds(row.since()), row.detail());
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  private static String format(String resource, String state, String since, String detail) {
    return String.format(
            "%-" + RESOURCE + "s %-" + STATE + "s %8s  %s",
            shorten(resource, RESOURCE),
            shorten(state, STATE),
            since,
            detail)
        .stripTrailing();
  }

  /** The end of an id tells more than its start. */
  private static String shorten(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    int end = width / 2;
    return text.substring(0, width - end - 1) + "…" + text.substring(text.length() - end);
  }
}
