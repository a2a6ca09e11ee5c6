package dev.fargate.operator.aws.cloudwatch;

import dev.fargate.operator.stack.MetricAlarm;
import dev.fargate.operator.stack.MetricAlarm.Query;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Between AWS's form of an alarm and ours. */
final class MetricAlarmMapper {
  /** The id of a plain alarm's only metric: AWS has none, ours is always this. */
  private static final String ONLY = "metric";

  /** What AWS does where it is not told. */
  private static final String DEFAULT_MISSING_DATA = "missing";

  private MetricAlarmMapper() {}

  static MetricAlarm read(
      ResourceId id, software.amazon.awssdk.services.cloudwatch.model.MetricAlarm alarm) {
    int periods = alarm.evaluationPeriods();
    return new MetricAlarm(
        id,
        alarm.alarmName(),
        alarm.alarmDescription(),
        // An empty list means as little as none: the plain form has the metric.
        alarm.metrics().isEmpty()
            ? List.of(only(alarm))
            : alarm.metrics().stream().map(MetricAlarmMapper::query).toList(),
        new MetricAlarm.Condition(
            alarm.comparisonOperatorAsString(),
            // An alarm that somebody has turned into anomaly detection has none.
            alarm.threshold() == null ? Double.NaN : alarm.threshold(),
            periods,
            alarm.datapointsToAlarm() == null ? periods : alarm.datapointsToAlarm(),
            alarm.treatMissingData() == null ? DEFAULT_MISSING_DATA : alarm.treatMissingData()),
        new MetricAlarm.Actions(
            Boolean.TRUE.equals(alarm.actionsEnabled()),
            alarm.alarmActions(),
            alarm.okActions(),
            alarm.insufficientDataActions()),
        state(alarm));
  }

  /**
   * The reason only while it is raised: else it changes with every look of CloudWatch's, and says
   * nothing new.
   */
  private static MetricAlarm.State state(
      software.amazon.awssdk.services.cloudwatch.model.MetricAlarm alarm) {
    Instant since =
        alarm.stateTransitionedTimestamp() != null
            ? alarm.stateTransitionedTimestamp()
            : alarm.stateUpdatedTimestamp();
    return new MetricAlarm.State(
        alarm.stateValueAsString(),
        alarm.stateValue() == StateValue.ALARM ? alarm.stateReason() : null,
        since == null ? null : since.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static Query only(software.amazon.awssdk.services.cloudwatch.model.MetricAlarm alarm) {
    String statistic =
        alarm.statistic() != null ? alarm.statisticAsString() : alarm.extendedStatistic();
    return new Query(
        ONLY,
        null,
        new MetricAlarm.Metric(
            alarm.namespace(),
            alarm.metricName(),
            dimensions(alarm.dimensions()),
            statistic,
            alarm.period() == null ? 0 : alarm.period()),
        true);
  }

  private static Query query(MetricDataQuery query) {
    MetricAlarm.Metric metric = null;
    if (query.metricStat() != null) {
      Metric of = query.metricStat().metric();
      metric =
          new MetricAlarm.Metric(
              of.namespace(),
              of.metricName(),
              dimensions(of.dimensions()),
              query.metricStat().stat(),
              query.metricStat().period());
    }
    return new Query(
        query.id(), query.expression(), metric, !Boolean.FALSE.equals(query.returnData()));
  }

  private static SortedMap<String, Value> dimensions(List<Dimension> dimensions) {
    SortedMap<String, Value> found = new TreeMap<>();
    dimensions.forEach(each -> found.put(each.name(), Value.known(each.value())));
    return found;
  }

  /** Everything but tags: AWS replaces the whole alarm, except its state. */
  static void write(MetricAlarm alarm, PutMetricAlarmRequest.Builder request) {
    request
        .alarmName(alarm.name())
        .alarmDescription(alarm.description())
        .actionsEnabled(alarm.actions().enabled())
        .alarmActions(alarm.actions().alarm())
        .okActions(alarm.actions().ok())
        .insufficientDataActions(alarm.actions().insufficientData())
        .comparisonOperator(alarm.condition().comparison())
        .threshold(alarm.condition().threshold())
        .evaluationPeriods(alarm.condition().evaluationPeriods())
        .datapointsToAlarm(alarm.condition().datapointsToAlarm())
        .treatMissingData(alarm.condition().missingData());
    MetricAlarm.Query first = alarm.queries().get(0);
    if (alarm.queries().size() == 1 && first.metric() != null) {
      request
          .namespace(first.metric().namespace())
          .metricName(first.metric().name())
          .dimensions(written(first.metric()))
          .statistic(first.metric().statistic())
          .period(first.metric().periodSeconds());
    } else {
      request.metrics(alarm.queries().stream().map(MetricAlarmMapper::written).toList());
    }
  }

  private static MetricDataQuery written(Query query) {
    MetricDataQuery.Builder written =
        MetricDataQuery.builder().id(query.id()).returnData(query.returned());
    if (query.metric() == null) {
      return written.expression(query.expression()).build();
    }
    MetricAlarm.Metric metric = query.metric();
    return written
        .metricStat(
            stat ->
                stat.stat(metric.statistic())
                    .period(metric.periodSeconds())
                    .metric(
                        m ->
                            m.namespace(metric.namespace())
                                .metricName(metric.name())
                                .dimensions(written(metric))))
        .build();
  }

  private static List<Dimension> written(MetricAlarm.Metric metric) {
    return metric.dimensions().entrySet().stream()
        .map(
            each ->
                Dimension.builder().name(each.getKey()).value(each.getValue().toString()).build())
        .toList();
  }
}
