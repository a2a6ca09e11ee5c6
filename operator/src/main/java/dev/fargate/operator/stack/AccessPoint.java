package dev.fargate.operator.stack;

/**
 * A directory of a file system, entered as its owner whoever asks. Everything is create-only
 * (AWS-FACTS 9).
 *
 * @param name its client token, by which AWS knows a repeated request again
 * @param path the directory, made with this owner by the first mount
 * @param uid of the directory, and of everything done through the access point
 * @param permissions of the directory, octal
 * @param restore what is to be, or was, brought back into the directory; null for nothing
 */
public record AccessPoint(
    ResourceId id,
    String name,
    Value fileSystemId,
    String path,
    long uid,
    long gid,
    String permissions,
    Restore restore)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }

  /** As it is right after its creation: nothing is brought back. */
  public AccessPoint asMade() {
    return with(null);
  }

  /** The same with another thing to bring back. */
  public AccessPoint with(Restore other) {
    return new AccessPoint(id, name, fileSystemId, path, uid, gid, permissions, other);
  }

  /** Null while nothing has begun. */
  public Restore.Progress progress() {
    return restore == null ? null : restore.progress();
  }
}
