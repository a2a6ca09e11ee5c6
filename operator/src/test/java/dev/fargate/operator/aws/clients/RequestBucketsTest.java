package dev.fargate.operator.aws.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.aws.clients.CallScope.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RequestBucketsTest {
  private final MovableClock clock = new MovableClock();
  private final RequestBuckets buckets = new RequestBuckets(clock, clock::advance);

  @Test
  void aPassFailsAtOnceWhenTheBucketIsEmptyAndGoesOnWhenItHasRefilled() {
    for (int i = 0; i < 20; i++) {
      buckets.take("ecs", "RegisterTaskDefinition", Priority.PASS);
    }
    Instant before = clock.now;

    assertThatThrownBy(() -> buckets.take("ecs", "DeregisterTaskDefinition", Priority.PASS))
        .isInstanceOfSatisfying(
            AwsFailure.class,
            failure -> assertThat(failure.errorClass()).isEqualTo(ErrorClass.THROTTLED));
    assertThat(clock.now).isEqualTo(before);

    clock.advance(Duration.ofSeconds(1));
    buckets.take("ecs", "RegisterTaskDefinition", Priority.PASS);
  }

  @Test
  void aSweepLeavesTokensForPassesAndRollouts() {
    Instant before = clock.now;
    int taken = 0;
    while (clock.now.equals(before)) {
      buckets.take("ecs", "DescribeServices", Priority.SWEEP);
      taken++;
    }
    // The last one had to wait for a refill.
    assertThat(taken - 1).isEqualTo(60);

    for (int i = 0; i < 20; i++) {
      buckets.take("ecs", "DescribeServices", Priority.ROLLOUT);
    }
    for (int i = 0; i < 20; i++) {
      buckets.take("ecs", "DescribeServices", Priority.PASS);
    }
    assertThatThrownBy(() -> buckets.take("ecs", "DescribeServices", Priority.PASS))
        .isInstanceOf(AwsFailure.class);
  }

  @Test
  void bucketsOfDifferentOperationsAreApart() {
    for (int i = 0; i < 50; i++) {
      buckets.take("ecs", "CreateService", Priority.PASS);
    }

    buckets.take("ecs", "RegisterTaskDefinition", Priority.PASS);
    buckets.take("elasticloadbalancing", "CreateRule", Priority.PASS);
  }

  private static final class MovableClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
