package dev.fargate.local.aws.dataplane;

/**
 * How the end of a body is told.
 *
 * @param length of a fixed body, else -1
 */
record Framing(Kind kind, long length) {
  enum Kind {
    FIXED,
    CHUNKED,
    UNTIL_CLOSE
  }

  static final Framing NONE = new Framing(Kind.FIXED, 0);
  static final Framing UNTIL_CLOSE = new Framing(Kind.UNTIL_CLOSE, -1);

  static Framing fixed(long length) {
    return new Framing(Kind.FIXED, length);
  }

  static Framing chunked() {
    return new Framing(Kind.CHUNKED, -1);
  }

  boolean empty() {
    return kind == Kind.FIXED && length == 0;
  }
}
