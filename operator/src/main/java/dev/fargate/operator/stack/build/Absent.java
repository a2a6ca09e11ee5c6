package dev.fargate.operator.stack.build;

/** Reads an optional field: its value, or what its absence means. */
final class Absent {
  private Absent() {}

  static <T> T or(T value, T whenAbsent) {
    return value != null ? value : whenAbsent;
  }
}
