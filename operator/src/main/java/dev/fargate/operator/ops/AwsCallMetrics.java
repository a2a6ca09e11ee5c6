package dev.fargate.operator.ops;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Counts and times every call to AWS; no names of resources, no values. */
public final class AwsCallMetrics {
  private final MeterRegistry registry;

  public AwsCallMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param error AWS's error code, or {@code none}
   */
  public void called(String service, String operation, String error, Duration took) {
    registry
        .timer("fargate.aws.calls", "service", service, "operation", operation, "error", error)
        .record(took);
  }
}
