package dev.fargate.operator.aws.cloudwatch;

import dev.fargate.operator.aws.reading.Batches;
import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.aws.reading.TagCache;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.MetricAlarm;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/**
 * All alarms below {@code fargate/<ownerId>/} with their states, a hundred per call; their tags
 * need a call each, once.
 */
public final class MetricAlarmReader implements Reader {
  /** AWS's largest page, and as many names as a call takes. */
  private static final int PAGE = 100;

  private final CloudWatchClient cloudWatch;
  private final String prefix;
  private final TagCache tags;
  private final Map<String, String> arnByName = new ConcurrentHashMap<>();

  public MetricAlarmReader(CloudWatchClient cloudWatch, String ownerId, Clock clock) {
    this.cloudWatch = cloudWatch;
    this.prefix = Names.alarmPrefix(ownerId);
    this.tags = new TagCache(clock, TagCache.TAGS, 1, this::tags);
  }

  @Override
  public Kind kind() {
    return Kind.METRIC_ALARM;
  }

  @Override
  public Part sweep(Known known) {
    List<software.amazon.awssdk.services.cloudwatch.model.MetricAlarm> alarms = new ArrayList<>();
    cloudWatch
        .describeAlarmsPaginator(
            request ->
                request.alarmNamePrefix(prefix).alarmTypes(AlarmType.METRIC_ALARM).maxRecords(PAGE))
        .metricAlarms()
        .forEach(alarms::add);
    arnByName.keySet().retainAll(alarms.stream().map(alarm -> alarm.alarmName()).toList());
    return Part.all(seen(alarms, tags.sweep(arns(alarms))));
  }

  /** Whoever has them: putting an alarm of that name would overwrite it without a word. */
  @Override
  public Part read(Need need) {
    Set<String> names = new TreeSet<>();
    need.wanted().forEach(wanted -> names.add(wanted.physicalName()));
    need.there().forEach(there -> names.add(there.actual().physicalName()));
    List<software.amazon.awssdk.services.cloudwatch.model.MetricAlarm> alarms = new ArrayList<>();
    for (List<String> batch : Batches.of(names, PAGE)) {
      cloudWatch
          .describeAlarmsPaginator(
              request ->
                  request.alarmNames(batch).alarmTypes(AlarmType.METRIC_ALARM).maxRecords(PAGE))
          .metricAlarms()
          .forEach(alarms::add);
    }
    arns(alarms).forEach(tags::forget);
    return new Part(
        seen -> names.contains(seen.actual().physicalName()), seen(alarms, tags.get(arns(alarms))));
  }

  @Override
  public void forget(String key) {
    String arn = arnByName.get(key);
    if (arn != null) {
      tags.forget(arn);
    }
  }

  private static List<String> arns(
      List<software.amazon.awssdk.services.cloudwatch.model.MetricAlarm> alarms) {
    return alarms.stream().map(alarm -> alarm.alarmArn()).toList();
  }

  private List<Seen> seen(
      List<software.amazon.awssdk.services.cloudwatch.model.MetricAlarm> alarms,
      Map<String, Map<String, String>> tagged) {
    List<Seen> seen = new ArrayList<>();
    for (var alarm : alarms) {
      Map<String, String> own = tagged.get(alarm.alarmArn());
      if (own != null) {
        arnByName.put(alarm.alarmName(), alarm.alarmArn());
        MetricAlarm actual = MetricAlarmMapper.read(Seen.id(Kind.METRIC_ALARM, own), alarm);
        seen.add(Seen.active(alarm.alarmName(), actual, Map.of(Output.ARN, alarm.alarmArn()), own));
      }
    }
    return seen;
  }

  private Map<String, Map<String, String>> tags(List<String> arns) {
    Map<String, Map<String, String>> found = new HashMap<>();
    for (String arn : arns) {
      try {
        Map<String, String> own = new HashMap<>();
        for (Tag tag : cloudWatch.listTagsForResource(r -> r.resourceARN(arn)).tags()) {
          own.put(tag.key(), tag.value());
        }
        found.put(arn, own);
      } catch (ResourceNotFoundException gone) {
        // Then it has none.
      }
    }
    return found;
  }
}
