package dev.fargate.local.kube.cel;

/** A rule that cannot stand in a definition. */
final class CelRefused extends Exception {
  private static final long serialVersionUID = 1L;
  private final String field;

  /**
   * Why.
   *
   * @param field the field of the rule that is wrong
   */
  CelRefused(String field, String message) {
    super(message);
    this.field = field;
  }

  String field() {
    return field;
  }
}
