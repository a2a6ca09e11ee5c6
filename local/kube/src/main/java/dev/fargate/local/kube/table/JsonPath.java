package dev.fargate.local.kube.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSONPath that printer columns use: fields, {@code ['quoted']} fields, indexes, {@code [*]}
 * and filters of the form {@code [?(@.type=="Ready")]}.
 */
public final class JsonPath {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.([A-Za-z0-9_-]+(?:\\\\\\.[A-Za-z0-9_-]+)*|\\*)"
              + "|\\[['\"]([^'\"]+)['\"]\\]"
              + "|\\[(-?\\d+|\\*)\\]"
              + "|\\[\\?\\(\\s*@\\.([A-Za-z0-9_.-]+)\\s*(==|!=)\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s)]+))\\s*\\)\\]");

  private final List<Step> steps;

  private JsonPath(List<Step> steps) {
    this.steps = steps;
  }

  private interface Step {
    void collect(JsonNode from, List<JsonNode> into);
  }

  /**
   * Reads a path such as {@code .status.conditions[?(@.type=="Ready")].status}.
   *
   * @throws IllegalArgumentException when it uses anything else of JSONPath
   */
  public static JsonPath parse(String path) {
    String text = path.startsWith("$") ? path.substring(1) : path;
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new IllegalArgumentException(
            "unsupported JSONPath \"" + path + "\" at \"" + text.substring(at) + "\"");
      }
      steps.add(step(matcher));
      at = matcher.end();
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("JSONPath \"" + path + "\" is empty");
    }
    return new JsonPath(List.copyOf(steps));
  }

  /** Everything the path finds. */
  public List<JsonNode> find(JsonNode root) {
    List<JsonNode> found = List.of(root);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : found) {
        step.collect(node, next);
      }
      found = next;
    }
    return found;
  }

  private static Step step(Matcher matcher) {
    if (matcher.group(1) != null) {
      String name = matcher.group(1).replace("\\.", ".");
      return name.equals("*") ? (from, into) -> from.forEach(into::add) : field(name);
    }
    if (matcher.group(2) != null) {
      return field(matcher.group(2));
    }
    if (matcher.group(3) != null) {
      return index(matcher.group(3));
    }
    String pointer = "/" + matcher.group(4).replace('.', '/');
    boolean equal = matcher.group(5).equals("==");
    String value = firstOf(matcher.group(6), matcher.group(7), matcher.group(8));
    return (from, into) -> {
      for (JsonNode item : from) {
        JsonNode found = item.at(pointer);
        if (!found.isMissingNode() && found.asText().equals(value) == equal) {
          into.add(item);
        }
      }
    };
  }

  private static Step field(String name) {
    return (from, into) -> {
      if (from.hasNonNull(name)) {
        into.add(from.get(name));
      }
    };
  }

  private static Step index(String text) {
    if (text.equals("*")) {
      return (from, into) -> from.forEach(into::add);
    }
    int index = Integer.parseInt(text);
    return (from, into) -> {
      int at = index < 0 ? from.size() + index : index;
      if (from.isArray() && from.has(at)) {
        into.add(from.get(at));
      }
    };
  }

  private static String firstOf(String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null) {
        return candidate;
      }
    }
    return "";
  }
}
