package dev.fargate.local.aws.dataplane;

import dev.fargate.local.aws.metrics.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests per target group without a lock, and hands the sums to the metrics. */
final class RequestCounts {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /** Counts a request for which a target was chosen. */
  void add(String dimension) {
    counts.computeIfAbsent(dimension, key -> new LongAdder()).increment();
  }

  void flush(Metrics metrics) {
    counts.forEach(
        (dimension, count) -> {
          long sum = count.sumThenReset();
          if (sum > 0) {
            metrics.sample("AWS/ApplicationELB", "RequestCount", dimension, sum);
          }
        });
  }
}
