package dev.fargate.local.aws.tasks;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What runs for a container sees this machine's files: in its commands and variables, the folder
 * that is mounted stands in place of the container's path. A path is taken as a whole and where it
 * begins: with {@code /data} mounted, {@code /data/db} is inside of it, {@code /database} and
 * {@code $ROOT/data} are not.
 */
public final class MountedPaths {
  private final Map<String, String> folders = new HashMap<>();
  private final Pattern paths;

  /**
   * @param folder where a mount really lies on this machine
   */
  public MountedPaths(List<TaskRuntime.Mount> mounts, Function<TaskRuntime.Mount, String> folder) {
    mounts.forEach(mount -> folders.put(mount.path(), folder.apply(mount)));
    String longestFirst =
        folders.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    paths = Pattern.compile("(?<![\\w./}-])(" + longestFirst + ")(?![\\w.-])");
  }

  /** Words of a command line, scripts among them. */
  public List<String> inCommand(List<String> words) {
    return words.stream().map(this::replaced).toList();
  }

  /** The value of a variable: a path, or paths with colons between them; else it is left alone. */
  public String inVariable(String value) {
    return value.startsWith("/") ? replaced(value) : value;
  }

  private String replaced(String text) {
    return folders.isEmpty() ? text : paths.matcher(text).replaceAll(this::folder);
  }

  private String folder(MatchResult found) {
    return Matcher.quoteReplacement(folders.get(found.group(1)));
  }
}
