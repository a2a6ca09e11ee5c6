package dev.fargate.local.aws.cloudwatch;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Paging;
import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Put, describe, delete and tag alarms; set their state; read their history. */
final class AlarmCalls {
  private static final int MAX_TAGS = 50;
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 100;

  private static final Paging PAGES =
      new Paging(
          "NextToken",
          "MaxRecords",
          PAGE,
          MAX_PAGE,
          message -> new dev.fargate.local.aws.wire.AwsException("InvalidNextToken", message));

  private final AlarmBook book;
  private final AlarmEngine engine;
  private final Scheduler scheduler;

  AlarmCalls(AlarmBook book, AlarmEngine engine, Scheduler scheduler) {
    this.book = book;
    this.engine = engine;
    this.scheduler = scheduler;
  }

  /**
   * Makes an alarm or sets an existing one anew: as a whole, but for its state. Tags count only for
   * a new one (AWS-FACTS 9).
   */
  Struct put(Struct in, Caller caller) {
    Queries queries = AlarmRules.check(in, caller);
    String name = in.required("AlarmName");
    Instant now = scheduler.now();
    Alarm alarm = book.find(name).orElse(null);
    boolean isNew = alarm == null;
    if (isNew) {
      String arn =
          "arn:aws:cloudwatch:" + caller.region() + ":" + caller.accountId() + ":alarm:" + name;
      alarm = new Alarm(name, arn, now);
      tag(alarm, in.structs("Tags"));
      book.add(alarm);
    }
    alarm.settings = in.copy().with("Tags", null);
    alarm.queries = queries;
    alarm.configured = now;
    alarm.note(
        now,
        "ConfigurationUpdate",
        "Alarm \"" + name + "\" " + (isNew ? "created" : "updated"),
        "{\"version\":\"1.0\",\"type\":\"" + (isNew ? "Create" : "Update") + "\"}");
    return Struct.of();
  }

  Struct describe(Struct in, Caller caller) {
    if (in.has("AlarmNames") && in.has("AlarmNamePrefix")) {
      throw CloudWatchError.invalid("AlarmNames and AlarmNamePrefix cannot be given together");
    }
    List<String> names = in.strings("AlarmNames");
    boolean metricAlarms =
        !in.has("AlarmTypes") || in.strings("AlarmTypes").contains("MetricAlarm");
    boolean family = in.has("ChildrenOfAlarmName") || in.has("ParentsOfAlarmName");
    List<Alarm> found =
        book.all().stream()
            // There are no composite alarms here, so none has children or parents.
            .filter(alarm -> metricAlarms && !family)
            .filter(alarm -> !in.has("AlarmNames") || names.contains(alarm.name))
            .filter(alarm -> alarm.name.startsWith(in.string("AlarmNamePrefix").orElse("")))
            .filter(alarm -> in.string("StateValue").map(alarm.state.name()::equals).orElse(true))
            .filter(
                alarm ->
                    in.string("ActionPrefix").map(prefix -> anyAction(alarm, prefix)).orElse(true))
            .toList();
    List<Alarm> page = PAGES.slice(in, found, alarm -> alarm.name);
    Struct answer =
        Struct.of()
            .with("MetricAlarms", page.stream().map(Alarm::describe).toList())
            .with("CompositeAlarms", List.of());
    PAGES.nextToken(found, page, alarm -> alarm.name, answer);
    return answer;
  }

  private static boolean anyAction(Alarm alarm, String prefix) {
    for (AlarmState state : AlarmState.values()) {
      if (alarm.actions(state).stream().anyMatch(action -> action.startsWith(prefix))) {
        return true;
      }
    }
    return false;
  }

  /** A name that is unknown does not keep the others (AWS-FACTS 9). */
  Struct delete(Struct in, Caller caller) {
    in.strings("AlarmNames").forEach(book::remove);
    return Struct.of();
  }

  /** Until the next evaluation says otherwise. */
  Struct setState(Struct in, Caller caller) {
    Alarm alarm = book.find(in.required("AlarmName")).orElseThrow(CloudWatchError::noAlarm);
    engine.become(
        alarm,
        AlarmState.valueOf(in.required("StateValue")),
        in.required("StateReason"),
        in.string("StateReasonData").orElse(null));
    return Struct.of();
  }

  /** Newest first, unless asked the other way. */
  Struct history(Struct in, Caller caller) {
    List<Struct> found =
        book.all().stream()
            .filter(alarm -> in.string("AlarmName").map(alarm.name::equals).orElse(true))
            .flatMap(alarm -> alarm.history().stream())
            .filter(
                item ->
                    in.string("HistoryItemType")
                        .map(item.required("HistoryItemType")::equals)
                        .orElse(true))
            .filter(
                item ->
                    in.get("StartDate") == null
                        || !time(item).isBefore((Instant) in.get("StartDate")))
            .filter(
                item ->
                    in.get("EndDate") == null || !time(item).isAfter((Instant) in.get("EndDate")))
            .toList();
    List<Struct> shown = new java.util.ArrayList<>(found);
    if (in.string("ScanBy").map("TimestampAscending"::equals).orElse(false)) {
      java.util.Collections.reverse(shown);
    }
    int size = Math.min(in.integer("MaxRecords").orElse(MAX_PAGE), shown.size());
    return Struct.of().with("AlarmHistoryItems", shown.subList(0, size));
  }

  private static Instant time(Struct item) {
    return (Instant) item.get("Timestamp");
  }

  Struct tag(Struct in, Caller caller) {
    tag(book.byArn(in.required("ResourceARN")), in.structs("Tags"));
    return Struct.of();
  }

  Struct untag(Struct in, Caller caller) {
    book.byArn(in.required("ResourceARN")).tags.keySet().removeAll(in.strings("TagKeys"));
    return Struct.of();
  }

  Struct listTags(Struct in, Caller caller) {
    return Struct.of()
        .with(
            "Tags",
            book.byArn(in.required("ResourceARN")).tags.entrySet().stream()
                .map(tag -> Struct.of().with("Key", tag.getKey()).with("Value", tag.getValue()))
                .toList());
  }

  private static void tag(Alarm alarm, List<Struct> tags) {
    Map<String, String> all = new LinkedHashMap<>(alarm.tags);
    for (Struct tag : tags) {
      if (tag.required("Key").startsWith("aws:")) {
        throw CloudWatchError.invalid("Tag keys starting with aws: are reserved for AWS");
      }
      all.put(tag.required("Key"), tag.required("Value"));
    }
    if (all.size() > MAX_TAGS) {
      throw CloudWatchError.invalid("At most " + MAX_TAGS + " tags per alarm, was " + all.size());
    }
    alarm.tags.putAll(all);
  }
}
