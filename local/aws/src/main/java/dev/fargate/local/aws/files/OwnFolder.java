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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

  /**
   * This process's own, which {@link #removeLeft} must not even look at: an operating system ends a
   * process's locks on a file as soon as the process closes any channel to it, and the next process
   * would take the folder for one left.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

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
      Path named = temporary.resolve(PREFIX + UUID.randomUUID());
      OURS.add(named);
      return new OwnFolder(Files.move(starting, named), lock);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory for tasks", e);
    }
  }

  private static void removeLeft(Path temporary) throws IOException {
    List<Path> all;
    try (Stream<Path> entries = Files.list(temporary)) {
      all = entries.filter(entry -> entry.getFileName().toString().startsWith(PREFIX)).toList();
    }
    all.stream().filter(entry -> !OURS.contains(entry)).forEach(OwnFolder::removeIfLeft);
  }

  private static void removeIfLeft(Path folder) {
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock ours = channel.tryLock()) {
      if (ours != null) {
        TemporaryFiles.delete(folder);
      }
    } catch (IOException | OverlappingFileLockException e) {
      // Another user's, just being looked at by another thread, or none of ours: it stays.
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
    OURS.remove(path);
  }
}
