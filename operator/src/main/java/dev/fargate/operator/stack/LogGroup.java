package dev.fargate.operator.stack;

/**
 * @param retentionDays one of AWS's values; @param keepOnDelete not deleted with its owner
 */
public record LogGroup(ResourceId id, String name, int retentionDays, boolean keepOnDelete)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }
}
