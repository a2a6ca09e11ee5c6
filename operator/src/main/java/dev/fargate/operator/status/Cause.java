package dev.fargate.operator.status;

import java.util.Optional;

/**
 * The first cause of a trouble.
 *
 * @param text a plain sentence that names the field and the fix, then AWS's own words
 */
public record Cause(Reason reason, String text) {
  /** AWS's texts can be long; what matters is at their beginning. */
  private static final int WORDS_LIMIT = 400;

  /** As a status has it; empty where it tells nothing, or what only a newer version knows. */
  public static Optional<Cause> as(String reason, String text) {
    return text == null ? Optional.empty() : Reason.of(reason).map(known -> new Cause(known, text));
  }

  /**
   * @param words AWS's own; null for none
   */
  static Cause of(Reason reason, String plain, String words) {
    if (words == null || words.isBlank()) {
      return new Cause(reason, plain);
    }
    String quoted =
        words.length() <= WORDS_LIMIT ? words : words.substring(0, WORDS_LIMIT - 1) + "…";
    return new Cause(reason, plain + " AWS: " + quoted + (quoted.endsWith(".") ? "" : "."));
  }
}
