package dev.fargate.operator.stack;

/**
 * An EFS file system. AWS changes nothing of it but the throughput mode (AWS-FACTS 9). It is never
 * replaced: it holds what nobody can bring back.
 *
 * @param name its creation token, by which AWS knows a repeated request again
 * @param kmsKeyId null for AWS's own key
 * @param performanceMode generalPurpose or maxIO
 * @param throughputMode elastic or bursting
 */
public record FileSystem(
    ResourceId id,
    String name,
    boolean encrypted,
    String kmsKeyId,
    String performanceMode,
    String throughputMode)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }
}
