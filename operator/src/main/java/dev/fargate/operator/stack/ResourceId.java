package dev.fargate.operator.stack;

/**
 * The logical identity of a resource within its owner's stack, stable over every change of the
 * spec's values: {@code TargetGroup/http}. Never an ARN, so content hashes can use it.
 */
public record ResourceId(Kind kind, String name) {
  @Override
  public String toString() {
    return kind.label() + "/" + name;
  }
}
