package dev.fargate.operator.plan;

/**
 * One field that differs.
 *
 * @param before as AWS has it; null = absent
 * @param after as wanted; null = absent; may read {@code (known after: X)} or {@code (secret
 *     changed)}
 */
public record FieldChange(String field, String before, String after, Effect effect) {
  /** What changing the field does. */
  public enum Effect {
    IN_PLACE,
    NEW_REVISION,
    DEPLOYMENT,
    REPLACE
  }
}
