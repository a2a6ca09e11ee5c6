package dev.fargate.local.aws.metrics;

import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** {@link Metrics} held in memory on the scheduler's clock. */
public final class InMemoryMetrics implements Metrics {
  /** Longer than any alarm looks back: target tracking's scale-in alarm needs 15 minutes. */
  private static final Duration KEPT = Duration.ofHours(1);

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
          buckets.merge(start, new Bucket(value, 1), Bucket::plus);
          buckets.headMap(now - millis(KEPT)).clear();
          return null;
        });
  }

  @Override
  public List<OptionalDouble> averages(
      String namespace, String name, String dimension, Duration period, int periods) {
    return lastPeriods(new Series(namespace, name, dimension), period, periods).stream()
        .map(b -> b.count == 0 ? OptionalDouble.empty() : OptionalDouble.of(b.sum / b.count))
        .toList();
  }

  @Override
  public List<OptionalDouble> sums(
      String namespace, String name, String dimension, Duration period, int periods) {
    double factor = (double) period.toMillis() / millis(period);
    return lastPeriods(new Series(namespace, name, dimension), period, periods).stream()
        .map(b -> b.count == 0 ? OptionalDouble.empty() : OptionalDouble.of(b.sum * factor))
        .toList();
  }

  private List<Bucket> lastPeriods(Series key, Duration period, int periods) {
    return scheduler.locked(
        () -> {
          TreeMap<Long, Bucket> buckets = series.getOrDefault(key, new TreeMap<>());
          long now = scheduler.now().toEpochMilli();
          long length = millis(period);
          long end = now - now % length;
          List<Bucket> result = new ArrayList<>();
          for (int back = periods; back > 0; back--) {
            long start = end - back * length;
            result.add(
                buckets.subMap(start, start + length).values().stream()
                    .reduce(new Bucket(0, 0), Bucket::plus));
          }
          return result;
        });
  }

  private long millis(Duration controlPlanePeriod) {
    return Math.max(1, scheduler.scaled(controlPlanePeriod).toMillis());
  }

  private record Series(String namespace, String name, String dimension) {}

  private record Bucket(double sum, long count) {
    Bucket plus(Bucket other) {
      return new Bucket(sum + other.sum, count + other.count);
    }
  }
}
