package dev.fargate.operator.status;

/**
 * The first cause of a trouble.
 *
 * @param text a plain sentence that names the field and the fix, then AWS's own words
 */
public record Cause(Reason reason, String text) {
  /** AWS's texts can be long; what matters is at their beginning. */
  private static final int WORDS_LIMIT = 400;

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
