package dev.fargate.operator.status;

/** An image reference short enough for a table column. */
public final class ShortImage {
  private static final int DIGEST_DIGITS = 12;

  private ShortImage() {}

  /**
   * Without the registry and its path: {@code web:2}, {@code web@sha256:0123456789ab}. Null for
   * null.
   */
  public static String of(String image) {
    if (image == null) {
      return null;
    }
    String name = image.substring(image.lastIndexOf('/') + 1);
    int digest = name.indexOf("@sha256:");
    if (digest < 0) {
      return name;
    }
    int end = Math.min(name.length(), digest + "@sha256:".length() + DIGEST_DIGITS);
    return name.substring(0, end);
  }
}
