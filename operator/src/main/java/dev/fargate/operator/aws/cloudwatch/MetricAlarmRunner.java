package dev.fargate.operator.aws.cloudwatch;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.MetricAlarm;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/**
 * Alarms. Putting one makes it or replaces all of it but its state, whoever made it; it takes tags
 * only where it makes it (AWS-FACTS 9). So the name has been read just before, and after a lost
 * answer the same call again does no harm.
 */
public final class MetricAlarmRunner implements Runner {
  private final CloudWatchClient cloudWatch;

  public MetricAlarmRunner(CloudWatchClient cloudWatch) {
    this.cloudWatch = cloudWatch;
  }

  @Override
  public Kind kind() {
    return Kind.METRIC_ALARM;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    MetricAlarm wanted = (MetricAlarm) desired;
    cloudWatch.putMetricAlarm(
        request -> {
          MetricAlarmMapper.write(wanted, request);
          request.tags(tags(tags));
        });
    // The call answers nothing; without the ARN the next sweep would write the status once more.
    return cloudWatch
        .describeAlarmsPaginator(request -> request.alarmNames(wanted.name()))
        .metricAlarms()
        .stream()
        .findFirst()
        .map(made -> Map.of(Output.ARN, made.alarmArn()))
        .orElse(Map.of());
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    TagChanges changes = TagChanges.of(action);
    String arn = action.observed().outputs().get(Output.ARN);
    if (action.changes().size() > changes.set().size() + changes.removed().size()) {
      cloudWatch.putMetricAlarm(request -> MetricAlarmMapper.write((MetricAlarm) desired, request));
    }
    if (!changes.removed().isEmpty()) {
      cloudWatch.untagResource(request -> request.resourceARN(arn).tagKeys(changes.removed()));
    }
    if (!changes.set().isEmpty()) {
      cloudWatch.tagResource(request -> request.resourceARN(arn).tags(tags(changes.set())));
    }
    return action.observed().outputs();
  }

  /** A name that is unknown is no error (AWS-FACTS 9). */
  @Override
  public void delete(Owner owner, ObservedResource observed) {
    cloudWatch.deleteAlarms(
        request -> request.alarmNames(((MetricAlarm) observed.actual()).name()));
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
