package dev.fargate.local.aws.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where one endpoint keeps its files, those of tasks or those of file systems: a folder among the
 * system's temporary files, locked as long as its owner lives. A lock ends with its process,
 * however that ends; so what a killed endpoint left is known by its open lock, and goes with the
 * next start.
 */
public final class OwnFolder implements Closeable {
  private static final String PREFIX = "fargate-tasks-";

  /** Until it is locked, so that nobody takes a folder that is just being made for one left. */
  private static final String STARTING = "fargate-starting-";

  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel lock;

  private OwnFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Makes the folder, and removes those whose owner is gone. */
  public static OwnFolder create() {
    return create(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Likewise, in another folder.
   *
   * @throws UncheckedIOException when nothing can be made there
   */
  public static OwnFolder create(Path temporary) {
    try {
      removeLeft(temporary);
      Path starting = Files.createTempDirectory(temporary, STARTING);
      FileChannel lock =
          FileChannel.open(
              starting.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      lock.lock();
      return new OwnFolder(
          Files.move(starting, temporary.resolve(PREFIX + UUID.randomUUID())), lock);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory for tasks", e);
    }
  }

  private static void removeLeft(Path temporary) throws IOException {
    List<Path> all;
    try (Stream<Path> entries = Files.list(temporary)) {
      all = entries.filter(entry -> entry.getFileName().toString().startsWith(PREFIX)).toList();
    }
    all.forEach(OwnFolder::removeIfLeft);
  }

  private static void removeIfLeft(Path folder) {
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock ours = channel.tryLock()) {
      if (ours != null) {
        TemporaryFiles.delete(folder);
      }
    } catch (IOException | OverlappingFileLockException e) {
      // Another user's, of an endpoint in this very process, or none of ours: it stays.
    }
  }

  /** A directory in it, not made yet. */
  public Path child(String name) {
    return path.resolve(name);
  }

  /** Removes the folder with all in it. */
  @Override
  public void close() {
    TemporaryFiles.delete(path);
    try {
      lock.close();
    } catch (IOException e) {
      // The lock ends with the process at the latest.
    }
  }
}
