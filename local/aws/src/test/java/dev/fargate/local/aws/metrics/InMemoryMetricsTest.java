package dev.fargate.local.aws.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.time.VirtualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class InMemoryMetricsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String ALB = "AWS/ApplicationELB";
  private final VirtualScheduler clock =
      new VirtualScheduler(Instant.parse("2026-01-01T00:00:00Z"));
  private final Metrics metrics = new InMemoryMetrics(clock);

  @Test
  void eachWholeMinuteHasItsOwnAverageOldestFirst() {
    metrics.sample("AWS/ECS", "CPUUtilization", "c/s", 10);
    clock.advance(Duration.ofSeconds(30));
    metrics.sample("AWS/ECS", "CPUUtilization", "c/s", 30);
    clock.advance(Duration.ofSeconds(40));
    metrics.sample("AWS/ECS", "CPUUtilization", "c/s", 80);
    clock.advance(Duration.ofSeconds(60));
    assertThat(metrics.averages("AWS/ECS", "CPUUtilization", "c/s", MINUTE, 3))
        .containsExactly(OptionalDouble.empty(), OptionalDouble.of(20), OptionalDouble.of(80));
  }

  @Test
  void theRunningMinuteIsNotCounted() {
    metrics.sample(ALB, "RequestCount", "targetgroup/a/1", 5);
    clock.advance(Duration.ofSeconds(59));
    assertThat(metrics.sums(ALB, "RequestCount", "targetgroup/a/1", MINUTE, 1))
        .isEqualTo(List.of(OptionalDouble.empty()));
    clock.advance(Duration.ofSeconds(1));
    assertThat(metrics.sums(ALB, "RequestCount", "targetgroup/a/1", MINUTE, 1))
        .containsExactly(OptionalDouble.of(5));
  }

  @Test
  void aRateStaysWhatItIsUnderATimeScale() {
    Metrics scaled = new InMemoryMetrics(new TenTimesFaster(clock));
    for (int second = 0; second < 6; second++) {
      scaled.sample(ALB, "RequestCount", "t", 10);
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(scaled.sums(ALB, "RequestCount", "t", MINUTE, 1))
        .containsExactly(OptionalDouble.of(600));
  }

  private record TenTimesFaster(Scheduler of) implements Scheduler {
    @Override
    public Instant now() {
      return of.now();
    }

    @Override
    public Scheduled after(Duration delay, String what, Runnable task) {
      return of.after(delay, what, task);
    }

    @Override
    public Scheduled every(Duration period, String what, Runnable task) {
      return of.every(period, what, task);
    }

    @Override
    public <T> T locked(Supplier<T> body) {
      return of.locked(body);
    }

    @Override
    public Duration scaled(Duration period) {
      return period.dividedBy(10);
    }
  }
}
