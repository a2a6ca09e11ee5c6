package dev.fargate.local.aws.metrics;

import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@link Metrics} held in memory on the scheduler's clock. */
public final class InMemoryMetrics implements Metrics {
  /** An alarm looks back a day at most, where its period is below an hour. */
  private static final Duration KEPT = Duration.ofHours(25);

  /** Samples closer together than this are held as one. */
  private static final Duration RESOLUTION = Duration.ofSeconds(1);

  private final Scheduler scheduler;
  private final Map<Series, TreeMap<Long, Bucket>> series = new HashMap<>();

  public InMemoryMetrics(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public void sample(String namespace, String name, String dimension, double value) {
    scheduler.locked(
        () -> {
          long now = scheduler.now().toEpochMilli();
          TreeMap<Long, Bucket> buckets =
              series.computeIfAbsent(
                  new Series(namespace, name, dimension), key -> new TreeMap<>());
          long start = now - now % millis(RESOLUTION);
          buckets.merge(start, new Bucket(value, 1, value, value), Bucket::plus);
          buckets.headMap(now - millis(KEPT)).clear();
          return null;
        });
  }

  @Override
  public List<OptionalDouble> averages(
      String namespace, String name, String dimension, Duration period, int periods) {
    return last(new Series(namespace, name, dimension), period, periods).stream()
        .map(p -> p.samples() == 0 ? OptionalDouble.empty() : OptionalDouble.of(p.average()))
        .toList();
  }

  @Override
  public List<OptionalDouble> sums(
      String namespace, String name, String dimension, Duration period, int periods) {
    return last(new Series(namespace, name, dimension), period, periods).stream()
        .map(p -> p.samples() == 0 ? OptionalDouble.empty() : OptionalDouble.of(p.sum()))
        .toList();
  }

  @Override
  public List<Point> last(Series key, Duration period, int periods) {
    return scheduler.locked(
        () -> {
          TreeMap<Long, Bucket> buckets = series.getOrDefault(key, new TreeMap<>());
          long now = scheduler.now().toEpochMilli();
          long length = millis(period);
          long end = now - now % length;
          List<Point> points = new ArrayList<>();
          for (int back = periods; back > 0; back--) {
            points.add(point(buckets, end - back * length, period));
          }
          return points;
        });
  }

  @Override
  public List<Point> between(Series key, Duration period, Instant start, Instant end) {
    return scheduler.locked(
        () -> {
          TreeMap<Long, Bucket> buckets = series.getOrDefault(key, new TreeMap<>());
          long length = millis(period);
          long until = Math.min(end.toEpochMilli(), scheduler.now().toEpochMilli());
          SortedMap<Long, Point> points = new TreeMap<>();
          for (long sampled : buckets.subMap(start.toEpochMilli(), Math.max(until, 0)).keySet()) {
            long first = sampled - sampled % length;
            if (first + length <= until) {
              points.computeIfAbsent(first, from -> point(buckets, from, period));
            }
          }
          return List.copyOf(points.values());
        });
  }

  @Override
  public List<Series> series() {
    return scheduler.locked(
        () ->
            series.keySet().stream()
                .sorted(
                    Comparator.comparing(Series::namespace)
                        .thenComparing(Series::name)
                        .thenComparing(Series::dimension))
                .toList());
  }

  private Point point(TreeMap<Long, Bucket> buckets, long start, Duration period) {
    long length = millis(period);
    Bucket all =
        buckets.subMap(start, start + length).values().stream().reduce(Bucket.NONE, Bucket::plus);
    double raised = (double) period.toMillis() / length;
    return new Point(
        Instant.ofEpochMilli(start),
        all.sum * raised,
        all.count == 0 ? 0 : all.sum / all.count,
        all.least,
        all.most,
        all.count);
  }

  private long millis(Duration controlPlanePeriod) {
    return Math.max(1, scheduler.scaled(controlPlanePeriod).toMillis());
  }

  private record Bucket(double sum, long count, double least, double most) {
    static final Bucket NONE = new Bucket(0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    Bucket plus(Bucket other) {
      return new Bucket(
          sum + other.sum,
          count + other.count,
          Math.min(least, other.least),
          Math.max(most, other.most));
    }
  }
}
