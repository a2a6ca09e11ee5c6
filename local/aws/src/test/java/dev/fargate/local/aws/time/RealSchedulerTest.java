package dev.fargate.local.aws.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RealSchedulerTest {
  @Test
  void aTimeScaleShortensControlPlanePeriods() {
    try (RealScheduler clock = new RealScheduler(10)) {
      assertThat(clock.scaled(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(6));
    }
  }

  @Test
  void aTimeScaleThatWouldStretchTimeIsRefused() {
    assertThatThrownBy(() -> new RealScheduler(0.5)).hasMessageContaining("timeScale");
  }

  @Test
  void aTaskThatFailsRunsAgain() throws InterruptedException {
    CountDownLatch runs = new CountDownLatch(3);
    try (RealScheduler clock = new RealScheduler(1)) {
      clock.every(
          Duration.ofMillis(1),
          "fails",
          () -> {
            runs.countDown();
            throw new IllegalStateException("expected by this test");
          });
      assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aTaskCancelledUnderTheLockNeverRuns() throws InterruptedException {
    AtomicInteger ran = new AtomicInteger();
    CountDownLatch later = new CountDownLatch(1);
    try (RealScheduler clock = new RealScheduler(1)) {
      clock.locked(
          () -> {
            Scheduler.Scheduled task =
                clock.after(Duration.ZERO, "cancelled", ran::incrementAndGet);
            clock.after(Duration.ofMillis(1), "later", later::countDown);
            task.cancel();
            return null;
          });
      assertThat(later.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(ran).hasValue(0);
  }

  @Test
  void afterCloseATaskIsStillTakenAndNeverRuns() {
    AtomicInteger ran = new AtomicInteger();
    RealScheduler clock = new RealScheduler(1);
    clock.close();
    Scheduler.Scheduled late = clock.after(Duration.ZERO, "late", ran::incrementAndGet);
    late.cancel();
    assertThat(ran).hasValue(0);
  }
}
