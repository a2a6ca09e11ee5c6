package dev.fargate.operator.status;

/**
 * A text that somebody else wrote (AWS, a registry, a container runtime), as one line: it must not
 * be able to look like lines of ours, nor to steer a terminal.
 */
final class OneLine {
  /** The API convention's limit is 32,768; a status should stay readable and small. */
  static final int LIMIT = 1024;

  private OneLine() {}

  /** Without control, format and separator characters, and cut; null stays null. */
  static String of(String text) {
    if (text == null) {
      return null;
    }
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() <= LIMIT ? line : line.substring(0, LIMIT - 1) + "…";
  }
}
