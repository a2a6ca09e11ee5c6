package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often what AWS refuses for now is tried again. */
class BackoffTest {
  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final Outcome REFUSED = failed("ResourceInUseException", SHORT);

  private static Outcome failed(String code, Duration retryAfter) {
    return new Outcome.Failed(null, ErrorClass.TRANSIENT, code, "not yet", "r-1", retryAfter);
  }

  private static Duration after(Duration outOfStep, Outcome... outcomes) {
    return Backoff.after(List.of(outcomes), outOfStep).orElseThrow();
  }

  @Test
  void atFirstItIsTriedAgainSoon() {
    assertThat(after(Duration.ZERO, REFUSED)).isEqualTo(SHORT);
    assertThat(after(Duration.ofSeconds(50), REFUSED)).isEqualTo(SHORT);
  }

  @Test
  void theLongerItGoesOnTheMoreSeldomItIsTried() {
    assertThat(after(Duration.ofSeconds(51), REFUSED)).isEqualTo(Duration.ofMillis(5100));
    assertThat(after(Duration.ofMinutes(5), REFUSED)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void onceAMinuteItIsTriedHoweverLongItGoesOn() {
    assertThat(after(Duration.ofMinutes(10), REFUSED)).isEqualTo(Periods.STEADY);
    assertThat(after(Duration.ofDays(30), REFUSED)).isEqualTo(Periods.STEADY);
  }

  @Test
  void anHourBringsNinetyTries() {
    int tries = 0;
    for (Duration time = Duration.ZERO;
        time.compareTo(Duration.ofHours(1)) < 0;
        time = time.plus(after(time, REFUSED))) {
      tries++;
    }
    assertThat(tries).isBetween(80, 90);
  }

  @Test
  void whatIsToWaitLongerWaitsLonger() {
    Outcome full = failed("LimitExceeded", Duration.ofMinutes(2));
    assertThat(after(Duration.ofDays(30), full)).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void whatTheOperatorHeldBackItselfHasItsTurnSoon() {
    Outcome heldBack = failed(Outcome.HELD_BACK, SHORT);
    assertThat(after(Duration.ofHours(1), heldBack)).isEqualTo(SHORT);
    assertThat(after(Duration.ofHours(1), REFUSED, heldBack)).isEqualTo(SHORT);
  }

  @Test
  void aClockThatWasSetBackMakesItNoSooner() {
    assertThat(after(Duration.ofHours(-2), REFUSED)).isEqualTo(SHORT);
  }

  @Test
  void whereNothingFailedThereIsNothingToWaitFor() {
    assertThat(Backoff.after(List.of(new Outcome.Waiting(null, "a task")), Duration.ZERO))
        .isEmpty();
  }
}
