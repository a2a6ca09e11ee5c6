package dev.fargate.operator.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run did, in order, for people: each write to AWS with its input, what changed in the
 * status of our objects, and the Events. Ids that AWS gives are left out, so that two runs that did
 * the same say the same.
 */
final class Transcript {
  /** Every look has another one. */
  private static final String LOOKED_AT = "lastObservedTime";

  /** A password among it is another one in each run. */
  private static final String SECRET = "SecretString";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Instant begin;
  private final List<Entry> entries = new ArrayList<>();

  private Transcript(Instant begin) {
    this.begin = begin;
  }

  /** A write to AWS, as it was asked for. */
  record Write(Instant at, String call, Struct input) {}

  /** What happened at one time, in lines; of what happened at once, AWS comes first. */
  private record Entry(Instant at, int order, String title, List<String> lines) {}

  /**
   * @param begin what is before is not told
   * @param changes all there were, also before
   */
  static String of(
      Instant begin, List<Write> writes, List<Change> changes, List<ObjectNode> events) {
    Transcript transcript = new Transcript(begin);
    writes.forEach(transcript::write);
    Map<String, Map<String, String>> said = new HashMap<>();
    changes.forEach(change -> transcript.change(change, said));
    events.forEach(transcript::event);
    return transcript.text();
  }

  private void write(Write write) {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(write.input().members())
        .forEach(
            (member, value) ->
                lines.add(member + ": " + (member.equals(SECRET) ? "not told" : tree(value))));
    entries.add(new Entry(write.at(), 0, write.call(), lines));
  }

  private void change(Change change, Map<String, Map<String, String>> said) {
    String object = change.kind() + "/" + change.object().getMetadata().getName();
    Map<String, String> now = new TreeMap<>();
    if (!change.deleted()) {
      leaves("", JSON.valueToTree(change.object()).path("status"), now);
    }
    Map<String, String> before = said.put(object, now);
    if (change.at().isBefore(begin)) {
      return;
    }
    if (change.deleted()) {
      entries.add(new Entry(change.at(), 1, object + " is gone", List.of()));
      return;
    }
    List<String> lines = new ArrayList<>();
    now.forEach(
        (path, value) -> {
          if (before == null || !value.equals(before.get(path))) {
            lines.add(path + ": " + value);
          }
        });
    gone(before == null ? Map.of() : before, now).forEach(path -> lines.add(path + " is gone"));
    if (!lines.isEmpty()) {
      entries.add(new Entry(change.at(), 1, object, lines));
    }
  }

  /** The outermost parts of which nothing is left. */
  private static Collection<String> gone(Map<String, String> before, Map<String, String> now) {
    Collection<String> parts = new TreeSet<>();
    for (String path : before.keySet()) {
      if (!now.containsKey(path)) {
        int end = path.indexOf('.');
        while (end >= 0 && has(now, path.substring(0, end))) {
          end = path.indexOf('.', end + 1);
        }
        parts.add(end < 0 ? path : path.substring(0, end));
      }
    }
    return parts;
  }

  private static boolean has(Map<String, String> leaves, String part) {
    return leaves.keySet().stream().anyMatch(path -> path.startsWith(part + "."));
  }

  private void event(ObjectNode event) {
    Instant at = Instant.parse(event.path("firstTimestamp").asText());
    if (!at.isBefore(begin)) {
      JsonNode about = event.path("involvedObject");
      entries.add(
          new Entry(
              at,
              2,
              "%s/%s %s %s"
                  .formatted(
                      about.path("kind").asText(),
                      about.path("name").asText(),
                      event.path("type").asText(),
                      event.path("reason").asText()),
              List.of(event.path("message").asText())));
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    entries.sort(Comparator.comparing(Entry::at).thenComparing(Entry::order));
    for (Entry entry : entries) {
      Duration at = Duration.between(begin, entry.at());
      text.append("%3d:%02d  ".formatted(at.toMinutes(), at.toSecondsPart()))
          .append(entry.title())
          .append('\n');
      entry.lines().forEach(line -> text.append("          ").append(line).append('\n'));
    }
    return Account.anonymous(text.toString());
  }

  /** One line per condition, and per value of anything else. */
  static void leaves(String path, JsonNode node, Map<String, String> to) {
    if (path.equals("conditions")) {
      node.forEach(condition -> to.put(condition.path("type").asText(), line(condition)));
    } else if (node.isObject()) {
      node.fields().forEachRemaining(it -> leaves(below(path, it.getKey()), it.getValue(), to));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        leaves(below(path, String.valueOf(i)), node.get(i), to);
      }
    } else if (!node.isNull() && !node.isMissingNode() && !path.equals(LOOKED_AT)) {
      to.put(path, node.asText());
    }
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String line(JsonNode condition) {
    return "%s %s (%s): %s"
        .formatted(
            condition.path("status").asText(),
            condition.path("reason").asText(),
            condition.path("observedGeneration").asText(),
            condition.path("message").asText());
  }

  /** With the members in the order of their names. */
  private static Object tree(Object value) {
    if (value instanceof Struct struct) {
      return tree(struct.members());
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> members = new TreeMap<>();
      map.forEach((name, member) -> members.put(String.valueOf(name), tree(member)));
      return members;
    }
    if (value instanceof Collection<?> all) {
      return all.stream().map(Transcript::tree).toList();
    }
    return value;
  }
}
