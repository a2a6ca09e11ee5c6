package dev.fargate.local.aws.cloudwatch;

import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Metric data queries: metrics and expressions over them, checked and worked out. */
final class Queries {
  private final Map<String, Struct> byId = new LinkedHashMap<>();
  private final Map<String, Expression> expressions = new HashMap<>();

  private Queries(List<Struct> queries) {
    for (Struct query : queries) {
      String id = query.required("Id");
      if (!id.matches("[a-z][a-zA-Z0-9_]*")) {
        throw CloudWatchError.invalid(
            "The value for 'Id' must start with a lowercase letter: " + id);
      } else if (byId.put(id, query) != null) {
        throw CloudWatchError.invalid(
            "The values for parameter id in MetricDataQueries are not unique: " + id);
      } else if (query.has("AccountId")) {
        throw CloudWatchError.unsupported("metrics of other accounts");
      } else if (query.has("Expression") == query.has("MetricStat")) {
        throw CloudWatchError.invalid(
            "Each query must have either MetricStat or Expression: " + id);
      }
      query.struct("MetricStat").ifPresent(Queries::check);
      query.string("Expression").ifPresent(e -> expressions.put(id, Expression.parse(e)));
    }
    expressions.forEach((id, expression) -> checkReferences(id, expression, new HashSet<>()));
  }

  /**
   * @throws dev.fargate.local.aws.wire.AwsException when they do not hold together
   */
  static Queries of(List<Struct> queries) {
    return new Queries(queries);
  }

  private static void check(Struct stat) {
    Period.check(stat.integer("Period").orElseThrow());
    if (!Statistic.ALL.contains(stat.required("Stat"))) {
      throw CloudWatchError.unsupported("statistic " + stat.required("Stat"));
    }
    if (stat.struct("Metric").map(metric -> metric.string("MetricName").isEmpty()).orElse(true)) {
      throw CloudWatchError.invalid("MetricStat.Metric must have Namespace and MetricName");
    }
  }

  private void checkReferences(String id, Expression expression, Set<String> above) {
    if (!above.add(id)) {
      throw CloudWatchError.invalid("Error in expression '" + id + "': it refers to itself");
    }
    for (String reference : expression.ids()) {
      if (!byId.containsKey(reference)) {
        throw CloudWatchError.invalid("Error in expression '" + id + "': unknown id " + reference);
      }
      if (expressions.containsKey(reference)) {
        checkReferences(reference, expressions.get(reference), new HashSet<>(above));
      }
    }
  }

  /** The one query whose values the alarm is about. */
  String returned() {
    List<String> ids =
        byId.values().stream()
            .filter(query -> query.bool("ReturnData").orElse(true))
            .map(query -> query.required("Id"))
            .toList();
    if (ids.size() != 1) {
      throw CloudWatchError.invalid("Exactly one element of the metrics list should return data.");
    }
    return ids.get(0);
  }

  /** The period of the metrics, in seconds. */
  int periodSeconds() {
    List<Integer> periods =
        byId.values().stream()
            .flatMap(query -> query.struct("MetricStat").stream())
            .map(stat -> stat.integer("Period").orElseThrow())
            .distinct()
            .toList();
    if (periods.isEmpty()) {
      throw CloudWatchError.invalid("At least one metric is needed beside expressions");
    } else if (periods.size() > 1) {
      throw CloudWatchError.unsupported("metrics of different periods in one alarm");
    }
    return periods.get(0);
  }

  Set<String> ids() {
    return byId.keySet();
  }

  Struct query(String id) {
    return byId.get(id);
  }

  /** The values of the last whole periods of one query, oldest first. */
  List<OptionalDouble> last(String id, int periods, Measured measured, Metrics metrics) {
    Map<String, List<OptionalDouble>> known = new HashMap<>();
    byId.forEach(
        (each, query) ->
            query
                .struct("MetricStat")
                .ifPresent(
                    stat ->
                        known.put(
                            each,
                            points(
                                    stat,
                                    measured,
                                    series ->
                                        metrics.last(
                                            series,
                                            Duration.ofSeconds(
                                                stat.integer("Period").orElseThrow()),
                                            periods))
                                .values()
                                .stream()
                                .toList())));
    List<OptionalDouble> values = new ArrayList<>();
    for (int i = 0; i < periods; i++) {
      Map<String, OptionalDouble> ofPeriod = new HashMap<>();
      for (Map.Entry<String, List<OptionalDouble>> each : known.entrySet()) {
        ofPeriod.put(
            each.getKey(),
            i < each.getValue().size() ? each.getValue().get(i) : OptionalDouble.empty());
      }
      values.add(value(id, ofPeriod));
    }
    return values;
  }

  /** The values of one query between two times, by the start of their periods. */
  SortedMap<Instant, Double> between(
      String id, Instant start, Instant end, Measured measured, Metrics metrics) {
    SortedMap<Instant, Map<String, OptionalDouble>> byTime = new TreeMap<>();
    byId.forEach(
        (each, query) ->
            query
                .struct("MetricStat")
                .ifPresent(
                    stat ->
                        points(
                                stat,
                                measured,
                                series ->
                                    metrics.between(
                                        series,
                                        Duration.ofSeconds(stat.integer("Period").orElseThrow()),
                                        start,
                                        end))
                            .forEach(
                                (time, value) ->
                                    byTime
                                        .computeIfAbsent(time, t -> new HashMap<>())
                                        .put(each, value))));
    SortedMap<Instant, Double> values = new TreeMap<>();
    byTime.forEach((time, known) -> value(id, known).ifPresent(value -> values.put(time, value)));
    return values;
  }

  private OptionalDouble value(String id, Map<String, OptionalDouble> known) {
    Expression expression = expressions.get(id);
    if (expression == null) {
      return known.getOrDefault(id, OptionalDouble.empty());
    }
    Map<String, OptionalDouble> all = new HashMap<>(known);
    expression.ids().stream()
        .filter(expressions::containsKey)
        .forEach(inner -> all.put(inner, value(inner, known)));
    return expression.of(all);
  }

  private static SortedMap<Instant, OptionalDouble> points(
      Struct stat, Measured measured, Function<Metrics.Series, List<Metrics.Point>> read) {
    Struct metric = stat.struct("Metric").orElseThrow();
    SortedMap<Instant, OptionalDouble> points = new TreeMap<>();
    measured
        .find(
            metric.string("Namespace").orElse(""),
            metric.required("MetricName"),
            Measured.dimensions(metric))
        .ifPresent(
            series ->
                read.apply(series)
                    .forEach(
                        point ->
                            points.put(point.start(), Statistic.of(point, stat.required("Stat")))));
    return points;
  }
}
