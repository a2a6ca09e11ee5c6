package dev.fargate.local.aws.tasks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What this machine runs in place of container images: the first entry whose pattern matches names
 * the command.
 */
public final class ImageTable {
  /** The program by which official images start; an image with it takes any entryPoint. */
  public static final String ENTRY_POINT = "docker-entrypoint.sh";

  private final List<Entry> entries;

  private ImageTable(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * One image and what runs for it.
   *
   * @param pattern of the whole reference, of the reference without its tag or digest, or of its
   *     last path segment; {@code *} stands for any characters. {@code mongo*} matches {@code
   *     docker.io/library/mongo:7}
   * @param command the program and its arguments; {@code {address}} becomes the task's own address,
   *     which is the only one the program may listen on, {@code {tag}} the image's tag, {@code
   *     {mount:/data}} the folder that the container has mounted there, or nothing. The container's
   *     command is appended, as to an image's entry point
   * @param environment set before the container's own variables; the same placeholders
   * @param programs commands that exist in the image and may not on this machine, by name; they are
   *     found before any other program of that name, also by health commands
   */
  public record Entry(
      String pattern,
      List<String> command,
      Map<String, String> environment,
      Map<String, List<String>> programs) {
    public Entry {
      if (command.isEmpty()) {
        throw new IllegalArgumentException("the command of image " + pattern + " is empty");
      }
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
      programs = Map.copyOf(programs);
    }

    public Entry(String pattern, List<String> command) {
      this(pattern, command, Map.of(), Map.of());
    }
  }

  public static ImageTable of(Entry... entries) {
    return new ImageTable(List.of(entries));
  }

  /** This table first, the other for what this one does not know. */
  public ImageTable or(ImageTable other) {
    List<Entry> all = new ArrayList<>(entries);
    all.addAll(other.entries);
    return new ImageTable(all);
  }

  /** The {@code java} of this very process. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  Optional<Entry> find(String image) {
    return entries.stream().filter(entry -> matches(entry.pattern(), image)).findFirst();
  }

  List<String> patterns() {
    return entries.stream().map(Entry::pattern).toList();
  }

  private static boolean matches(String pattern, String image) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    String repository = repository(image);
    return image.matches(regex)
        || repository.matches(regex)
        || image.substring(image.lastIndexOf('/') + 1).matches(regex)
        || repository.substring(repository.lastIndexOf('/') + 1).matches(regex);
  }

  private static String repository(String image) {
    String undigested = image.split("@", 2)[0];
    int colon = undigested.lastIndexOf(':');
    return colon > undigested.lastIndexOf('/') ? undigested.substring(0, colon) : undigested;
  }

  /** The tag, or {@code latest}. */
  static String tag(String image) {
    String undigested = image.split("@", 2)[0];
    String repository = repository(image);
    return repository.equals(undigested) ? "latest" : undigested.substring(repository.length() + 1);
  }
}
