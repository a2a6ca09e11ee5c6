package dev.fargate.local.aws.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualSchedulerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final VirtualScheduler clock = new VirtualScheduler(START);
  private final List<String> ran = new ArrayList<>();

  @Test
  void tasksRunInOrderOfTheirTimeAndSeeThatTime() {
    clock.after(Duration.ofSeconds(20), "late", () -> ran.add("late " + clock.now()));
    clock.after(Duration.ofSeconds(10), "early", () -> ran.add("early " + clock.now()));
    clock.advance(Duration.ofMinutes(1));
    assertThat(ran).containsExactly("early 2026-01-01T00:00:10Z", "late 2026-01-01T00:00:20Z");
    assertThat(clock.now()).isEqualTo(START.plusSeconds(60));
  }

  @Test
  void tasksDueTogetherRunInTheOrderOfAsking() {
    for (String name : List.of("a", "b", "c")) {
      clock.after(Duration.ofSeconds(5), name, () -> ran.add(name));
    }
    clock.advance(Duration.ofSeconds(5));
    assertThat(ran).containsExactly("a", "b", "c");
  }

  @Test
  void aTaskAskedForByADueTaskRunsInTheSameAdvance() {
    clock.after(
        Duration.ofSeconds(1),
        "first",
        () -> clock.after(Duration.ofSeconds(1), "second", () -> ran.add("second")));
    clock.advance(Duration.ofSeconds(2));
    assertThat(ran).containsExactly("second");
  }

  @Test
  void aPeriodicTaskRunsOncePerPeriodUntilCancelled() {
    Scheduler.Scheduled beat = clock.every(Duration.ofSeconds(10), "beat", () -> ran.add("beat"));
    clock.advance(Duration.ofSeconds(35));
    assertThat(ran).hasSize(3);
    beat.cancel();
    clock.advance(Duration.ofHours(1));
    assertThat(ran).hasSize(3);
    assertThat(clock.nextDue()).isEmpty();
  }

  @Test
  void aTaskMayCancelItself() {
    Scheduler.Scheduled[] beat = new Scheduler.Scheduled[1];
    beat[0] =
        clock.every(
            Duration.ofSeconds(1),
            "once",
            () -> {
              ran.add("once");
              beat[0].cancel();
            });
    clock.advance(Duration.ofSeconds(5));
    assertThat(ran).containsExactly("once");
  }

  @Test
  void aTaskMustNotAdvanceTheClock() {
    clock.after(Duration.ZERO, "bad", () -> clock.advance(Duration.ofSeconds(1)));
    assertThatThrownBy(() -> clock.advance(Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must not advance");
  }

  @Test
  void whatATaskThrowsIsSeenByTheTest() {
    clock.after(
        Duration.ofSeconds(1),
        "broken",
        () -> {
          throw new IllegalArgumentException("seen");
        });
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(2))).hasMessage("seen");
  }
}
