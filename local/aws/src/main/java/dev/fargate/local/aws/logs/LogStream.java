package dev.fargate.local.aws.logs;

import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One stream of a group: its newest events in the order they came. */
final class LogStream {
  /** A laptop's memory is not CloudWatch: older events of a stream are dropped. */
  private static final int EVENTS_KEPT = 20_000;

  private final String name;
  private final long created;
  private final Deque<Event> events = new ArrayDeque<>();
  private long lastIngestion;

  /**
   * @param sequence unique and rising within the endpoint
   * @param time milliseconds since the epoch, as are all times here
   */
  record Event(long sequence, String stream, long time, long ingested, String message) {}

  LogStream(String name, long created) {
    this.name = name;
    this.created = created;
  }

  String name() {
    return name;
  }

  void append(Event event) {
    events.add(event);
    lastIngestion = event.ingested();
    if (events.size() > EVENTS_KEPT) {
      events.remove();
    }
  }

  void dropBefore(long time) {
    while (!events.isEmpty() && events.peek().time() < time) {
      events.remove();
    }
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  long lastEventTime() {
    return events.isEmpty() ? 0 : events.getLast().time();
  }

  long storedBytes() {
    return events.stream().mapToLong(event -> event.message().length()).sum();
  }

  Struct describe(String groupArn) {
    Struct struct =
        Struct.of()
            .with("logStreamName", name)
            .with("creationTime", created)
            .with("arn", groupArn + ":log-stream:" + name)
            // Always 0 in AWS since 2019; only the group's is counted.
            .with("storedBytes", 0L);
    if (!events.isEmpty()) {
      struct
          .with("firstEventTimestamp", events.getFirst().time())
          .with("lastEventTimestamp", events.getLast().time())
          .with("lastIngestionTime", lastIngestion);
    }
    return struct;
  }
}
