package dev.fargate.operator.plan.diff;

/**
 * One field that differs.
 *
 * @param field as the record component is named, {@code network.subnets}; a tag is {@code
 *     tags.<key>}
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
