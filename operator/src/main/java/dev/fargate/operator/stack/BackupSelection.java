package dev.fargate.operator.stack;

/**
 * What a plan of AWS Backup copies, and as whom. AWS changes nothing of it and takes no tags for
 * it: it is owned through its plan and by its name.
 */
public record BackupSelection(
    ResourceId id, String name, Value planId, String roleArn, Value resourceArn)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }
}
