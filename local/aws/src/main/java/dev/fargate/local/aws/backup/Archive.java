package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.files.OwnFolder;
import dev.fargate.local.aws.files.TemporaryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Where the files of recovery points really lie; all go with the endpoint. */
final class Archive {
  private OwnFolder own;

  private Path of(String pointId) {
    if (own == null) {
      own = OwnFolder.create();
    }
    return own.child(pointId);
  }

  /**
   * Copies a file system in.
   *
   * @return how many bytes its files have
   */
  long store(String pointId, Path fileSystem) {
    return copy(fileSystem, of(pointId));
  }

  /**
   * Copies what a recovery point has out.
   *
   * @param items paths in the file system; empty for all
   * @param target made anew
   */
  void restore(String pointId, List<String> items, Path target) {
    Path stored = of(pointId);
    if (items.isEmpty()) {
      copy(stored, target);
      return;
    }
    for (String item : items) {
      Path relative = Path.of(item.substring(1));
      copy(stored.resolve(relative), target.resolve(relative));
    }
  }

  /** Whether the recovery point has a file or directory of this path. */
  boolean has(String pointId, String item) {
    Path stored = of(pointId);
    Path inside = stored.resolve(item.substring(1)).normalize();
    return inside.startsWith(stored) && Files.exists(inside);
  }

  void delete(String pointId) {
    TemporaryFiles.delete(of(pointId));
  }

  void close() {
    if (own != null) {
      own.close();
    }
  }

  /** A file that goes while it is copied is left out, as in a backup of what is in use. */
  private static long copy(Path from, Path to) {
    long bytes = 0;
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        Path copied = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copied);
        } else {
          Files.createDirectories(copied.getParent());
          try {
            Files.copy(
                file,
                copied,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
            bytes += Files.size(copied);
          } catch (NoSuchFileException goneMeanwhile) {
            // As if it had gone just before.
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + from, e);
    }
    return bytes;
  }
}
