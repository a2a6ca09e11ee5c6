package dev.fargate.local.aws.dataplane;

import dev.fargate.local.aws.metrics.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests per target group without a lock, and hands the sums to the metrics. */
final class RequestCounts {
  private static final String NAMESPACE = "AWS/ApplicationELB";

  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> serverErrors = new ConcurrentHashMap<>();

  /** Counts a request for which a target was chosen. */
  void add(String dimension) {
    requests.computeIfAbsent(dimension, key -> new LongAdder()).increment();
  }

  /** Counts an answer of a target, not of the load balancer itself, of 500 to 599. */
  void addServerError(String dimension) {
    serverErrors.computeIfAbsent(dimension, key -> new LongAdder()).increment();
  }

  void flush(Metrics metrics) {
    flush(metrics, "RequestCount", requests);
    flush(metrics, "HTTPCode_Target_5XX_Count", serverErrors);
  }

  private static void flush(Metrics metrics, String name, Map<String, LongAdder> counts) {
    counts.forEach(
        (dimension, count) -> {
          long sum = count.sumThenReset();
          if (sum > 0) {
            metrics.sample(NAMESPACE, name, dimension, sum);
          }
        });
  }
}
