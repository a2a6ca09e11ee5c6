package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.AlarmMetric;
import dev.fargate.api.v1alpha1.AlarmStatistic;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.operator.stack.MetricAlarm;
import dev.fargate.operator.stack.MetricAlarm.Metric;
import dev.fargate.operator.stack.MetricAlarm.Query;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A CloudWatch alarm for each one of the spec; validation has seen that each has a topic. */
final class Alarms {
  /** At the threshold, too: else one of 100 percent could never be raised. */
  private static final String COMPARISON = "GreaterThanOrEqualToThreshold";

  /** Without tasks there is nothing to say. */
  private static final String NO_DATA_IS_UNKNOWN = "missing";

  /** Without requests nobody was answered with an error. */
  private static final String NO_DATA_IS_FINE = "notBreaching";

  private static final String ECS = "AWS/ECS";
  private static final String ELB = "AWS/ApplicationELB";

  /** The id of a plain alarm's only metric; AWS does not store it. */
  private static final String ONLY = "metric";

  private static final String SHARE = "share";

  private Alarms() {}

  /**
   * Where requests are counted.
   *
   * @param targetGroup its ARN's last part, as {@code loadBalancer}
   */
  record Entrance(Value targetGroup, String loadBalancer) {}

  static List<Resource> build(
      Owner owner, List<Alarm> alarms, Place place, List<Entrance> entrances) {
    List<Resource> resources = new ArrayList<>();
    for (Alarm alarm : alarms) {
      boolean http = AlarmMetric.HTTP_5XX.equals(alarm.metric);
      List<String> topic = List.of(topic(alarm, place));
      int periods = or(alarm.evaluationPeriods, FieldDefaults.ALARM_EVALUATION_PERIODS);
      resources.add(
          new MetricAlarm(
              Ids.alarm(alarm.name),
              Names.alarm(owner, alarm.name),
              description(owner, alarm),
              http ? shareOfErrors(alarm, entrances) : List.of(use(alarm, place)),
              new MetricAlarm.Condition(
                  COMPARISON,
                  alarm.thresholdPercent,
                  periods,
                  periods,
                  http ? NO_DATA_IS_FINE : NO_DATA_IS_UNKNOWN),
              new MetricAlarm.Actions(true, topic, topic, List.of()),
              null));
    }
    return resources;
  }

  private static String topic(Alarm alarm, Place place) {
    return alarm.topicArn != null ? alarm.topicArn : place.topicArn();
  }

  /** Who is woken at night reads this first. */
  private static String description(Owner owner, Alarm alarm) {
    String what =
        AlarmMetric.HTTP_5XX.equals(alarm.metric)
            ? "share of requests answered with 5xx"
            : alarm.metric + " (" + statistic(alarm) + ")";
    return owner.kind()
        + " "
        + owner.namespace()
        + "/"
        + owner.name()
        + ": "
        + what
        + " at or above "
        + alarm.thresholdPercent
        + " percent";
  }

  private static Query use(Alarm alarm, Place place) {
    SortedMap<String, Value> dimensions = new TreeMap<>();
    dimensions.put("ClusterName", Value.known(place.clusterName()));
    dimensions.put("ServiceName", Value.ref(Ids.SERVICE, Output.NAME));
    String metric = AlarmMetric.CPU.equals(alarm.metric) ? "CPUUtilization" : "MemoryUtilization";
    return new Query(
        ONLY, null, new Metric(ECS, metric, dimensions, statistic(alarm), period(alarm)), true);
  }

  /**
   * Errors are filled up with zeros: a load balancer reports none where there was none. Of one
   * ingress requests are not, so that a period without any has no value at all.
   */
  private static List<Query> shareOfErrors(Alarm alarm, List<Entrance> entrances) {
    List<Query> queries = new ArrayList<>();
    for (int i = 0; i < entrances.size(); i++) {
      queries.add(count("errors" + i, "HTTPCode_Target_5XX_Count", entrances.get(i), alarm));
      queries.add(count("requests" + i, "RequestCount", entrances.get(i), alarm));
    }
    String requests =
        entrances.size() == 1 ? "requests0" : "(" + filled("requests", entrances.size()) + ")";
    String expression = "100 * (" + filled("errors", entrances.size()) + ") / " + requests;
    queries.add(new Query(SHARE, expression, null, true));
    return queries;
  }

  private static String filled(String series, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "FILL(" + series + i + ", 0)")
        .collect(Collectors.joining(" + "));
  }

  private static Query count(String id, String metric, Entrance entrance, Alarm alarm) {
    SortedMap<String, Value> dimensions = new TreeMap<>();
    dimensions.put("TargetGroup", entrance.targetGroup());
    dimensions.put("LoadBalancer", Value.known(entrance.loadBalancer()));
    return new Query(id, null, new Metric(ELB, metric, dimensions, "Sum", period(alarm)), false);
  }

  private static String statistic(Alarm alarm) {
    return alarm.statistic != null ? alarm.statistic : AlarmStatistic.MAXIMUM;
  }

  private static int period(Alarm alarm) {
    return or(alarm.periodSeconds, FieldDefaults.ALARM_PERIOD_SECONDS);
  }

  private static int or(Integer value, int absent) {
    return value != null ? value : absent;
  }
}
