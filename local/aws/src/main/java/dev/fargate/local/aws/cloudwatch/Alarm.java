package dev.fargate.local.aws.cloudwatch;

import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One metric alarm: how it is set, its state, and what it has been through. */
final class Alarm {
  /** AWS keeps two weeks; nobody here reads back further than this. */
  private static final int HISTORY = 100;

  final String name;
  final String arn;
  final Map<String, String> tags = new TreeMap<>();

  /** As given to PutMetricAlarm, without tags. */
  Struct settings;

  /** What it is about: of a plain metric, too. */
  Queries queries;

  Instant configured;
  AlarmState state = AlarmState.INSUFFICIENT_DATA;
  String reason = "Unchecked: Initial alarm creation";
  String reasonData;
  Instant updated;
  Instant transitioned;

  private final Deque<Struct> history = new ArrayDeque<>();

  Alarm(String name, String arn, Instant now) {
    this.name = name;
    this.arn = arn;
    this.updated = now;
    this.transitioned = now;
  }

  boolean actionsEnabled() {
    return settings.bool("ActionsEnabled").orElse(true);
  }

  /** How far back it looks. */
  Duration window() {
    int period =
        Stream.concat(
                settings.integer("Period").stream(),
                settings.structs("Metrics").stream()
                    .flatMap(query -> query.struct("MetricStat").stream())
                    .flatMap(stat -> stat.integer("Period").stream()))
            .max(Integer::compare)
            .orElse(0);
    return Duration.ofSeconds((long) period * settings.integer("EvaluationPeriods").orElse(1));
  }

  /** The ARNs that hear of this state. */
  List<String> actions(AlarmState of) {
    return settings.strings(
        switch (of) {
          case OK -> "OKActions";
          case ALARM -> "AlarmActions";
          case INSUFFICIENT_DATA -> "InsufficientDataActions";
        });
  }

  void note(Instant time, String type, String summary, String data) {
    history.addFirst(
        Struct.of()
            .with("AlarmName", name)
            .with("AlarmType", "MetricAlarm")
            .with("Timestamp", time)
            .with("HistoryItemType", type)
            .with("HistorySummary", summary)
            .with("HistoryData", data));
    if (history.size() > HISTORY) {
      history.removeLast();
    }
  }

  /** Newest first. */
  List<Struct> history() {
    return new ArrayList<>(history);
  }

  Struct describe() {
    Struct shown = settings.copy();
    shown.with("AlarmArn", arn);
    shown.with("ActionsEnabled", actionsEnabled());
    for (String actions : List.of("OKActions", "AlarmActions", "InsufficientDataActions")) {
      shown.with(actions, settings.strings(actions));
    }
    if (!settings.has("Metrics")) {
      shown.with("Dimensions", settings.structs("Dimensions"));
    }
    return shown
        .with("AlarmConfigurationUpdatedTimestamp", configured)
        .with("StateValue", state.name())
        .with("StateReason", reason)
        .with("StateReasonData", reasonData)
        .with("StateUpdatedTimestamp", updated)
        .with("StateTransitionedTimestamp", transitioned);
  }
}
