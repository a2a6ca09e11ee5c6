package dev.fargate.operator.validate.access;

import java.util.List;

/**
 * Whether a name begins with one that is allowed. A start counts up to a boundary only: it is the
 * whole name, or ends in one, or one follows. Otherwise {@code team-a} would allow {@code team-a2}.
 */
final class Starts {
  static final String EVERYTHING = "*";

  private Starts() {}

  /**
   * @param allowed null: nothing
   * @param boundaries the characters that part a name
   */
  static boolean allow(List<String> allowed, String value, String boundaries) {
    if (allowed == null) {
      return false;
    }
    return allowed.contains(EVERYTHING)
        || (isPlain(value) && allowed.stream().anyMatch(start -> begins(value, start, boundaries)));
  }

  private static boolean begins(String value, String start, String boundaries) {
    if (start.isEmpty() || !value.startsWith(start)) {
      return false;
    }
    return value.length() == start.length()
        || boundaries.indexOf(start.charAt(start.length() - 1)) >= 0
        || boundaries.indexOf(value.charAt(start.length())) >= 0;
  }

  /**
   * Nothing that some reader of the name might resolve: {@code team-a/../team-b} begins with {@code
   * team-a/} and may mean something else.
   */
  static boolean isPlain(String value) {
    for (String part : value.split("/", -1)) {
      if (part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return !value.contains("//") && value.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
