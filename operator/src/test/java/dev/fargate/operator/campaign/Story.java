package dev.fargate.operator.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a failure is told to people: whatever conditions and Events say from its beginning on, each
 * thing once, object by object and in order, then how the objects stand in the end. Without what a
 * rollout says that goes well, and without times and numbers that depend on what was before.
 */
final class Story {
  /** What is said of every change, by reason; the transcripts of the workloads have it. */
  private static final Set<String> OF_EVERY_CHANGE =
      Set.of("Creating", "RollingOut", "PlanPending");

  /** AWS's own words are news. */
  private static final String REFUSED = " (request ";

  /** Of the status in the end, beside the conditions. */
  private static final Pattern SHOWN =
      Pattern.compile("(failed|serving|desired|restore|alarms|plan|targets\\.problems)\\..*");

  private static final Pattern NOT_SHOWN =
      Pattern.compile(
          ".*([Tt]ime|[Aa]rn|[Dd]igest|deployment|target|image)|targets\\.problems\\.[1-9].*");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is another one in each run is called by the order in which it is named. */
  private static final Map<Pattern, String> NUMBERED =
      Map.of(
          Pattern.compile("(?<=-[0-9a-f]{6}):[0-9]+"), ":revision-",
          Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"), "time-",
          Pattern.compile("[0-9]{2}/[0-9]{2}/[0-9]{2} [0-9:]{8}"), "measured-");

  private static final Pattern ADDRESS = Pattern.compile("\\b10(\\.[0-9]+){3}");

  private final Set<String> said = new TreeSet<>();
  private final List<String> lines = new ArrayList<>();

  private Story() {}

  /**
   * @param changes all there were, also before
   */
  static String of(Instant begin, List<Change> changes, List<ObjectNode> events) {
    Story story = new Story();
    changes.stream().filter(it -> it.at().isBefore(begin)).forEach(story::know);
    changes.stream()
        .filter(it -> !it.at().isBefore(begin))
        .sorted(Comparator.comparing(it -> name(it.object())))
        .forEach(story::tell);
    events.stream()
        .filter(it -> !Instant.parse(it.path("lastTimestamp").asText()).isBefore(begin))
        .sorted(Comparator.comparing(it -> it.at("/involvedObject/kind").asText()))
        .forEach(story::tell);
    latest(changes.stream().filter(it -> !it.at().isBefore(begin)).toList())
        .forEach(it -> story.end(it, begin));
    return withoutChance(String.join("\n", story.lines) + "\n");
  }

  private static Collection<CustomResource<?, ?>> latest(List<Change> changes) {
    Map<String, CustomResource<?, ?>> latest = new TreeMap<>();
    changes.forEach(it -> latest.put(name(it.object()), it.object()));
    return latest.values();
  }

  private static String name(CustomResource<?, ?> object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  /** What was said before is no news, unless something else was said meanwhile. */
  private void know(Change change) {
    String object = name(change.object());
    said.removeIf(it -> it.startsWith(object + " "));
    Truth.conditions(change.object()).forEach(it -> said.add(line(object, it)));
  }

  private static String line(String object, Condition condition) {
    return withoutAddresses(
        String.join(
            " ",
            object,
            condition.getType(),
            condition.getStatus(),
            condition.getReason(),
            condition.getMessage()));
  }

  /** Each task has another one. */
  private static String withoutAddresses(String text) {
    return ADDRESS.matcher(text).replaceAll("10.#");
  }

  private void tell(Change change) {
    String object = name(change.object());
    Map<String, Set<String>> news = new LinkedHashMap<>();
    for (Condition condition : Truth.conditions(change.object())) {
      boolean known =
          OF_EVERY_CHANGE.contains(condition.getReason())
              && !condition.getMessage().contains(REFUSED);
      if (!known && said.add(line(object, condition))) {
        news.computeIfAbsent(
                condition.getReason() + "\n  " + condition.getMessage(),
                text -> new LinkedHashSet<>())
            .add(condition.getType() + " " + condition.getStatus());
      }
    }
    news.forEach((text, types) -> lines.add(object + " " + String.join(", ", types) + ": " + text));
  }

  private void tell(ObjectNode event) {
    JsonNode about = event.path("involvedObject");
    String message = withoutAddresses(event.path("message").asText());
    String line =
        "Event of %s/%s %s: %s%s"
            .formatted(
                about.path("kind").asText(),
                about.path("name").asText(),
                event.path("type").asText(),
                event.path("reason").asText(),
                said.stream().anyMatch(it -> it.endsWith(" " + message)) ? "" : "\n  " + message);
    if (!OF_EVERY_CHANGE.contains(event.path("reason").asText()) && said.add(line)) {
      lines.add(line);
    }
  }

  private void end(CustomResource<?, ?> object, Instant begin) {
    lines.add("In the end " + name(object) + ":");
    Truth.conditions(object)
        .forEach(
            it -> lines.add("  %s %s %s".formatted(it.getType(), it.getStatus(), it.getReason())));
    JsonNode status = JSON.valueToTree(object).path("status");
    Map<String, String> leaves = new TreeMap<>();
    Transcript.leaves("", status, leaves);
    leaves.forEach(
        (path, value) -> {
          if (SHOWN.matcher(path).matches() && !NOT_SHOWN.matcher(path).matches()) {
            lines.add("  " + path + ": " + value);
          }
        });
    Set<String> failures = new LinkedHashSet<>();
    for (JsonNode each : status.path("recentFailures")) {
      if (!Instant.parse(each.path("time").asText()).isBefore(begin)) {
        failures.add(failure(each.deepCopy()));
      }
    }
    lines.addAll(failures);
  }

  private static String failure(ObjectNode failure) {
    failure.remove(List.of("taskArn", "time"));
    StringBuilder text = new StringBuilder("  a recent failure:");
    failure
        .properties()
        .forEach(
            it -> {
              if (!it.getValue().isNull()) {
                text.append("\n    ")
                    .append(it.getKey())
                    .append(": ")
                    .append(it.getValue().asText());
              }
            });
    return text.toString();
  }

  private static String withoutChance(String text) {
    String plain = withoutAddresses(Account.anonymous(text));
    for (Map.Entry<Pattern, String> chance : NUMBERED.entrySet()) {
      Map<String, String> names = new HashMap<>();
      plain =
          chance
              .getKey()
              .matcher(plain)
              .replaceAll(
                  found ->
                      Matcher.quoteReplacement(
                          names.computeIfAbsent(
                              found.group(), it -> chance.getValue() + (names.size() + 1))));
    }
    return plain;
  }
}
