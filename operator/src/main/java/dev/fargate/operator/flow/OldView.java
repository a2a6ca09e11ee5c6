package dev.fargate.operator.flow;

/**
 * The API server has a newer object than a pass has planned for: nothing is written for this one.
 */
final class OldView extends RuntimeException {
  OldView() {
    super("the object has changed since");
  }
}
