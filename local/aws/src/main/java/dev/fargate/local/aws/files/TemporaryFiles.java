package dev.fargate.local.aws.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Deletes directories with all that is in them. */
public final class TemporaryFiles {
  private TemporaryFiles() {}

  /** A file that cannot be deleted is left: the directory is a temporary one anyway. */
  public static void delete(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      directory.toFile().deleteOnExit();
    }
  }
}
