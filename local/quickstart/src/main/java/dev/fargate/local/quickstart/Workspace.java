package dev.fargate.local.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of one run: kubeconfig, log, and what was applied where that is not as in the files.
 * It is in the system's folder for temporary files, readable by its owner only, and goes with the
 * run. What a killed run left goes with the next one.
 */
public final class Workspace implements AutoCloseable {
  private static final String PREFIX = "fargate-quickstart-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-.*");

  private final Path folder;

  private Workspace(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder, and removes those whose process is gone. */
  public static Workspace create() {
    return create(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Likewise, in another folder. */
  static Workspace create(Path temporary) {
    try {
      removeLeft(temporary);
      String prefix = PREFIX + ProcessHandle.current().pid() + "-";
      return new Workspace(Files.createTempDirectory(temporary, prefix));
    } catch (IOException e) {
      throw new QuickstartFailure(
          "Cannot make a folder in " + temporary + ": " + e.getMessage(), e);
    }
  }

  private static void removeLeft(Path temporary) throws IOException {
    List<Path> left;
    try (Stream<Path> entries = Files.list(temporary)) {
      left = entries.filter(Workspace::isLeft).toList();
    }
    left.forEach(Workspace::remove);
  }

  private static boolean isLeft(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    return name.matches()
        && Files.isDirectory(folder)
        && Files.isWritable(folder)
        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }

  /** For kubectl; empty until {@link #writeKubeconfig}. */
  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  /** Everything that the operator and the local platform log. */
  public Path log() {
    return folder.resolve("operator.log");
  }

  /** For the applied YAML; not made yet. */
  public Path sample() {
    return folder.resolve("sample");
  }

  public void writeKubeconfig(String content) {
    try {
      Files.writeString(kubeconfig(), content);
    } catch (IOException e) {
      throw new QuickstartFailure("Cannot write " + kubeconfig() + ": " + e.getMessage(), e);
    }
  }

  /** Removes the folder with all in it. */
  @Override
  public void close() {
    remove(folder);
  }

  private static void remove(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // A file that cannot be removed is no reason to fail: the system empties the folder some day.
      System.err.println("Could not remove " + folder + ": " + e.getMessage());
    }
  }
}
