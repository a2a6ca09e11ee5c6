package dev.fargate.local.aws.efs;

import dev.fargate.local.aws.files.OwnFolder;
import dev.fargate.local.aws.files.TemporaryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of this machine for each file system. Nothing is made before somebody mounts; all goes
 * with the endpoint. Owners and permissions are recorded, not enforced: all tasks are this user's.
 */
final class Folders {
  private OwnFolder own;

  Path of(String fileSystemId) {
    if (own == null) {
      own = OwnFolder.create();
    }
    return made(own.child(fileSystemId));
  }

  static Path directory(Path root, String directory) {
    Path inside = root.resolve(directory.substring(1)).normalize();
    if (!inside.startsWith(root)) {
      throw new IllegalArgumentException(directory + " leads out of its file system");
    }
    return made(inside);
  }

  /** Whether a file system has a directory of this absolute path. */
  boolean has(String fileSystemId, Path directory) {
    return own != null
        && Files.isDirectory(own.child(fileSystemId).resolve(directory.toString().substring(1)));
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder, e);
    }
  }

  void delete(String fileSystemId) {
    if (own != null) {
      Path folder = own.child(fileSystemId);
      if (Files.exists(folder)) {
        TemporaryFiles.delete(folder);
      }
    }
  }

  /** How many bytes the files of a file system have. */
  long bytes(String fileSystemId) {
    if (own == null || !Files.exists(own.child(fileSystemId))) {
      return 0;
    }
    try (var files = Files.walk(own.child(fileSystemId))) {
      return files.filter(Files::isRegularFile).mapToLong(Folders::size).sum();
    } catch (IOException | UncheckedIOException goneMeanwhile) {
      return 0;
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException goneMeanwhile) {
      return 0;
    }
  }

  void close() {
    if (own != null) {
      own.close();
    }
  }
}
