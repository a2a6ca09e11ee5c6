package dev.fargate.operator.stack;

/**
 * A directory of a file system, entered as its owner whoever asks. Everything is create-only
 * (AWS-FACTS 9).
 *
 * @param name its client token, by which AWS knows a repeated request again
 * @param path the directory, made with this owner by the first mount
 * @param uid of the directory, and of everything done through the access point
 * @param permissions of the directory, octal
 */
public record AccessPoint(
    ResourceId id,
    String name,
    Value fileSystemId,
    String path,
    long uid,
    long gid,
    String permissions)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }
}
