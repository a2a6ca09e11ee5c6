package dev.fargate.local.aws.efs;

import dev.fargate.local.aws.ec2.Network.NetworkInterface;
import java.nio.file.Path;
import java.util.Optional;

/** What others need of EFS: tasks that mount, and whoever copies what is in a file system. */
public interface FileSystems {
  /**
   * Where a task finds a volume, or why it does not.
   *
   * @param accessPointId empty for the file system itself
   * @param rootDirectory what is mounted of the file system, {@code /} for all of it; with an
   *     access point always {@code /}, since that has a directory of its own
   * @param task the interface that the task mounts from
   * @throws dev.fargate.local.aws.wire.AwsException with the end of the task's stoppedReason as
   *     message
   */
  Mounted mount(
      String fileSystemId,
      Optional<String> accessPointId,
      String rootDirectory,
      NetworkInterface task);

  /** Whether the file system exists and is not on its way out. */
  boolean exists(String fileSystemId);

  /** Where the files of a file system really lie on this machine; made when first asked for. */
  Path folder(String fileSystemId);

  /**
   * A mounted directory.
   *
   * @param directory inside the file system, for example {@code /fargate/db}
   * @param folders where its files really lie
   */
  record Mounted(String fileSystemId, String directory, FileSystems folders) {
    /** The directory on this machine; made when first asked for, as by the first mount. */
    public Path folder() {
      Path root = folders.folder(fileSystemId);
      return Folders.directory(root, directory);
    }

    /** The same text for the same directory, whichever way it was mounted. */
    public String place() {
      return fileSystemId + directory;
    }
  }
}
