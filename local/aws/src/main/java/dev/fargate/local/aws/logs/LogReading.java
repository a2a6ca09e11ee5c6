package dev.fargate.local.aws.logs;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Struct;
import dev.fargate.local.aws.wire.Unsupported;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads streams and events. */
final class LogReading {
  /** AWS answers up to 10,000 events or 1 MB at once. */
  private static final int DEFAULT_LIMIT = 10_000;

  private static final Pattern GET_TOKEN = Pattern.compile("([fb])/([0-9]{1,18})");
  private static final Pattern TERM = Pattern.compile("\"([^\"]*)\"|([\\w./:@-]+)");

  private final Function<String, LogGroup> groups;

  /**
   * @param groups finds by name or ARN, or throws
   */
  LogReading(Function<String, LogGroup> groups) {
    this.groups = groups;
  }

  Struct streams(Struct input) {
    LogGroup group = group(input);
    boolean byTime = input.string("orderBy").orElse("LogStreamName").equals("LastEventTime");
    if (byTime && input.has("logStreamNamePrefix")) {
      throw CloudWatchLogs.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    Comparator<LogStream> order =
        byTime
            ? Comparator.comparingLong(LogStream::lastEventTime)
            : Comparator.comparing(LogStream::name);
    String prefix = input.string("logStreamNamePrefix").orElse("");
    List<LogStream> matching =
        group.streams().stream()
            .filter(stream -> stream.name().startsWith(prefix))
            .sorted(input.bool("descending").orElse(false) ? order.reversed() : order)
            .toList();
    LogPage<LogStream> page = LogPage.of(matching, input);
    return Struct.of()
        .with("logStreams", page.items().stream().map(s -> s.describe(group.arn())).toList())
        .with("nextToken", page.nextToken());
  }

  /** Tokens name a place between events, so that asking again at the end answers what is new. */
  Struct get(Struct input) {
    refuseUnmask(input);
    LogGroup group = group(input);
    LogStream stream = group.stream(input.required("logStreamName"));
    if (stream == null) {
      throw noStream();
    }
    List<LogStream.Event> events = inTime(stream.events().stream(), input).toList();
    int limit = input.integer("limit").orElse(DEFAULT_LIMIT);
    Optional<Matcher> token = input.string("nextToken").map(LogReading::getToken);
    boolean forward =
        token
            .map(t -> t.group(1).equals("f"))
            .orElseGet(() -> input.bool("startFromHead").orElse(false));
    List<LogStream.Event> page;
    if (forward) {
      long after = token.map(t -> Long.parseLong(t.group(2))).orElse(0L);
      page = events.stream().filter(e -> e.sequence() > after).limit(limit).toList();
    } else {
      long before = token.map(t -> Long.parseLong(t.group(2))).orElse(Long.MAX_VALUE);
      List<LogStream.Event> older = events.stream().filter(e -> e.sequence() < before).toList();
      page = older.subList(Math.max(0, older.size() - limit), older.size());
    }
    String same = token.map(t -> t.group(2)).orElse("0");
    String last = page.isEmpty() ? same : String.valueOf(page.get(page.size() - 1).sequence());
    String first = page.isEmpty() ? same : String.valueOf(page.get(0).sequence());
    return Struct.of()
        .with("events", page.stream().map(LogReading::shown).toList())
        .with("nextForwardToken", "f/" + last)
        .with("nextBackwardToken", "b/" + first);
  }

  Struct filter(Struct input) {
    refuseUnmask(input);
    LogGroup group = group(input);
    List<String> names = input.strings("logStreamNames");
    if (!names.isEmpty() && input.has("logStreamNamePrefix")) {
      throw CloudWatchLogs.invalid("logStreamNamePrefix and logStreamNames exclude each other.");
    }
    names.stream()
        .filter(name -> group.stream(name) == null)
        .findFirst()
        .ifPresent(
            name -> {
              throw noStream();
            });
    String prefix = input.string("logStreamNamePrefix").orElse("");
    List<String> terms = terms(input.string("filterPattern").orElse(""));
    Stream<LogStream.Event> events =
        group.streams().stream()
            .filter(stream -> names.isEmpty() || names.contains(stream.name()))
            .filter(stream -> stream.name().startsWith(prefix))
            .flatMap(stream -> stream.events().stream());
    List<LogStream.Event> matching =
        inTime(events, input)
            .filter(event -> terms.stream().allMatch(event.message()::contains))
            .sorted(
                Comparator.comparingLong(LogStream.Event::time)
                    .thenComparingLong(LogStream.Event::sequence))
            .toList();
    int start = input.string("nextToken").map(LogPage::position).orElse(0);
    int end = Math.min(matching.size(), start + input.integer("limit").orElse(DEFAULT_LIMIT));
    return Struct.of()
        .with(
            "events",
            matching.subList(Math.min(start, end), end).stream()
                .map(
                    event ->
                        shown(event)
                            .with("logStreamName", event.stream())
                            .with("eventId", "%056d".formatted(event.sequence())))
                .toList())
        .with("searchedLogStreams", List.of())
        .with("nextToken", end < matching.size() ? "p" + end : null);
  }

  private LogGroup group(Struct input) {
    if (input.has("logGroupName") == input.has("logGroupIdentifier")) {
      throw CloudWatchLogs.invalid(
          "Exactly one of logGroupName and logGroupIdentifier must be given.");
    }
    return groups.apply(
        input.string("logGroupName").orElseGet(() -> input.required("logGroupIdentifier")));
  }

  private static Stream<LogStream.Event> inTime(Stream<LogStream.Event> events, Struct input) {
    long from = time(input, "startTime", 0);
    long to = time(input, "endTime", Long.MAX_VALUE);
    return events.filter(event -> event.time() >= from && event.time() < to);
  }

  private static long time(Struct input, String member, long otherwise) {
    return input.get(member) instanceof Number number ? number.longValue() : otherwise;
  }

  private static List<String> terms(String pattern) {
    if (!TERM.matcher(pattern).replaceAll("").isBlank() || pattern.strip().startsWith("-")) {
      throw Unsupported.refusal(
          "FilterLogEvents with a filterPattern other than plain or quoted terms: " + pattern);
    }
    return TERM.matcher(pattern)
        .results()
        .map(term -> term.group(1) != null ? term.group(1) : term.group(2))
        .toList();
  }

  private static Struct shown(LogStream.Event event) {
    return Struct.of()
        .with("timestamp", event.time())
        .with("message", event.message())
        .with("ingestionTime", event.ingested());
  }

  private static Matcher getToken(String token) {
    Matcher matcher = GET_TOKEN.matcher(token);
    if (!matcher.matches()) {
      throw CloudWatchLogs.invalid("The specified nextToken is invalid.");
    }
    return matcher;
  }

  private static void refuseUnmask(Struct input) {
    Unsupported.refuseOthers(
        "reading log events",
        input,
        Set.of(
            "logGroupName",
            "logGroupIdentifier",
            "logStreamName",
            "logStreamNames",
            "logStreamNamePrefix",
            "startTime",
            "endTime",
            "filterPattern",
            "nextToken",
            "limit",
            "startFromHead",
            // Deprecated: answers have been interleaved whatever it says since 2019.
            "interleaved"));
  }

  private static AwsException noStream() {
    return new AwsException(
        "ResourceNotFoundException", "The specified log stream does not exist.");
  }
}
