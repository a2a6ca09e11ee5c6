package dev.fargate.local.aws.cloudwatch;

import dev.fargate.local.aws.metrics.Metrics;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Reading what has been measured. With a time scale a period is as much shorter. */
final class MetricReads {
  /** What a call answers at most, per metric. */
  private static final int MAX_DATAPOINTS = 1_440;

  private final Measured measured;
  private final Metrics metrics;

  MetricReads(Measured measured, Metrics metrics) {
    this.measured = measured;
    this.metrics = metrics;
  }

  Struct list(Struct in, Caller caller) {
    List<Struct> found = new ArrayList<>();
    for (Metrics.Series series : metrics.series()) {
      Optional<Map<String, String>> dimensions = measured.dimensions(series);
      boolean wanted =
          dimensions.isPresent()
              && in.string("Namespace").map(series.namespace()::equals).orElse(true)
              && in.string("MetricName").map(series.name()::equals).orElse(true)
              && in.structs("Dimensions").stream()
                  .allMatch(filter -> fits(filter, dimensions.get()));
      if (wanted) {
        found.add(
            Struct.of()
                .with("Namespace", series.namespace())
                .with("MetricName", series.name())
                .with("Dimensions", Measured.structs(dimensions.get())));
      }
    }
    return Struct.of().with("Metrics", found);
  }

  private static boolean fits(Struct filter, Map<String, String> dimensions) {
    String value = dimensions.get(filter.required("Name"));
    return value != null && filter.string("Value").map(value::equals).orElse(true);
  }

  Struct statistics(Struct in, Caller caller) {
    List<String> wanted = in.strings("Statistics");
    if (in.has("ExtendedStatistics")) {
      throw CloudWatchError.unsupported("percentiles");
    } else if (wanted.isEmpty()) {
      throw new AwsException(
          "InvalidParameterCombination",
          "At least one of the parameters Statistics and ExtendedStatistics must be specified.");
    }
    int period = in.integer("Period").orElseThrow();
    Period.check(period);
    Instant start = (Instant) in.get("StartTime");
    Instant end = (Instant) in.get("EndTime");
    checkOrder(start, end);
    List<Struct> points = new ArrayList<>();
    measured
        .find(in.required("Namespace"), in.required("MetricName"), Measured.dimensions(in))
        .ifPresent(
            series ->
                metrics
                    .between(series, Duration.ofSeconds(period), start, end)
                    .forEach(point -> points.add(datapoint(series, point, wanted))));
    if (points.size() > MAX_DATAPOINTS) {
      throw new AwsException(
          "InvalidParameterCombination",
          "You have requested up to "
              + points.size()
              + " datapoints, which exceeds the limit of "
              + MAX_DATAPOINTS);
    }
    return Struct.of().with("Label", in.required("MetricName")).with("Datapoints", points);
  }

  private static Struct datapoint(
      Metrics.Series series, Metrics.Point point, List<String> statistics) {
    Struct datapoint = Struct.of().with("Timestamp", point.start());
    statistics.forEach(
        statistic ->
            Statistic.of(point, statistic).ifPresent(value -> datapoint.with(statistic, value)));
    return datapoint.with("Unit", series.namespace().equals(Measured.ECS) ? "Percent" : "Count");
  }

  Struct data(Struct in, Caller caller) {
    Queries queries = Queries.of(in.structs("MetricDataQueries"));
    Instant start = (Instant) in.get("StartTime");
    Instant end = (Instant) in.get("EndTime");
    checkOrder(start, end);
    boolean oldestFirst = in.string("ScanBy").map("TimestampAscending"::equals).orElse(false);
    List<Struct> results = new ArrayList<>();
    for (String id : queries.ids()) {
      Struct query = queries.query(id);
      if (query.bool("ReturnData").orElse(true)) {
        SortedMap<Instant, Double> values = queries.between(id, start, end, measured, metrics);
        List<Instant> times = new ArrayList<>(values.keySet());
        if (!oldestFirst) {
          java.util.Collections.reverse(times);
        }
        results.add(
            Struct.of()
                .with("Id", id)
                .with("Label", query.string("Label").orElseGet(() -> label(id, query)))
                .with("Timestamps", times)
                .with("Values", times.stream().map(values::get).toList())
                .with("StatusCode", "Complete"));
      }
    }
    return Struct.of().with("MetricDataResults", results);
  }

  private static String label(String id, Struct query) {
    return query
        .struct("MetricStat")
        .flatMap(stat -> stat.struct("Metric"))
        .flatMap(metric -> metric.string("MetricName"))
        .orElse(id);
  }

  private static void checkOrder(Instant start, Instant end) {
    if (!start.isBefore(end)) {
      throw CloudWatchError.invalid(
          "The parameter StartTime must be less than the parameter EndTime.");
    }
  }
}
