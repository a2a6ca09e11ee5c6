package dev.fargate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.stack.Owner;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reads that people ask for by annotation are rationed. */
class FreshReadsTest {
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");

  private final FreshReads reads =
      new FreshReads(
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          });

  private static Owner app(int number) {
    return new Owner("acme", "FargateApp", "default", "app" + number);
  }

  @Test
  void oneObjectIsReadEveryTenSecondsAtMost() {
    assertThat(reads.take(app(1))).isTrue();
    now = now.plusSeconds(9);
    assertThat(reads.take(app(1))).isFalse();
    assertThat(reads.take(app(2))).isTrue();
    now = now.plusSeconds(1);
    assertThat(reads.take(app(1))).isTrue();
  }

  @Test
  void ofAThousandAtOnceFiveAreReadAndThenOneEveryTwoSeconds() {
    assertThat(IntStream.range(0, 1000).filter(i -> reads.take(app(i))).count()).isEqualTo(5);
    now = now.plusSeconds(20);
    assertThat(IntStream.range(0, 1000).filter(i -> reads.take(app(i))).count()).isEqualTo(5);
    long taken = 0;
    for (int second = 0; second < 60; second++) {
      now = now.plusSeconds(1);
      taken += IntStream.range(0, 1000).filter(i -> reads.take(app(i))).count();
    }
    assertThat(taken).isEqualTo(30);
  }
}
