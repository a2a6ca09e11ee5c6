package dev.fargate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LeadershipTest {
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<Instant> wall =
      new AtomicReference<>(Instant.parse("2026-11-21T08:00:00Z"));
  private final InstantSource source = wall::get;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final Leadership leadership = new Leadership(nanos::get, clock);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    wall.updateAndGet(now -> now.plus(time));
  }

  /** A try that only reads, as a standby's. */
  private void tryWell() {
    leadership.trying();
  }

  private void tryInVain() {
    leadership.trying();
    leadership.failed("GET is answered by 403");
  }

  @Test
  void nothingIsHeldBeforeARenewalWasAccepted() {
    leadership.renewing();
    assertThat(leadership.getAsBoolean()).isFalse();
  }

  @Test
  void anAcceptedRenewalHoldsUntilTheRenewDeadline() {
    leadership.renewing().run();
    pass(Leadership.RENEW_DEADLINE.minus(MOMENT));
    assertThat(leadership.getAsBoolean()).isTrue();
    pass(MOMENT);
    assertThat(leadership.getAsBoolean()).isFalse();
  }

  @Test
  void aRenewalCountsFromWhenItWasSentNotFromItsAnswer() {
    Runnable accepted = leadership.renewing();
    pass(Leadership.RENEW_DEADLINE);
    accepted.run();
    assertThat(leadership.getAsBoolean()).isFalse();
  }

  @Test
  void aProcessThatWasFrozenLongerThanTheLeaseWritesNothingOnWaking() {
    leadership.renewing().run();
    pass(Leadership.LEASE_DURATION);
    assertThat(leadership.getAsBoolean()).isFalse();
  }

  @Test
  void aSuspendedMachineWhoseMonotonicClockStoodStillHoldsNothing() {
    leadership.renewing().run();
    wall.updateAndGet(now -> now.plus(Leadership.LEASE_DURATION));
    assertThat(leadership.getAsBoolean()).isFalse();
  }

  @Test
  void aClockThatIsSetBackDoesNotProlongIt() {
    leadership.renewing().run();
    nanos.addAndGet(Leadership.LEASE_DURATION.toNanos());
    wall.updateAndGet(now -> now.minus(Leadership.LEASE_DURATION));
    assertThat(leadership.getAsBoolean()).isFalse();
  }

  @Test
  void whatIsLostIsNotHeldFromThatMoment() {
    leadership.renewing().run();
    leadership.lost();
    assertThat(leadership.getAsBoolean()).isFalse();
  }

  @Test
  void aStandbyIsReadyOnceItHasReadTheLease() {
    assertThat(leadership.problem()).isEqualTo("the Lease has not been looked at yet");
    tryWell();
    tryWell();
    assertThat(leadership.problem()).isNull();
  }

  @Test
  void aStandbyThatCouldNeverReadTheLeaseWasNeverReady() {
    tryInVain();
    tryInVain();
    assertThat(leadership.problem())
        .isEqualTo("the Lease cannot be had for 0 s: GET is answered by 403");
  }

  @Test
  void aStandbyThatIsRefusedForLongIsNotReadyUntilItIsLetAgain() {
    tryWell();
    tryInVain();
    pass(Leadership.LONGEST_TROUBLE.minus(MOMENT));
    tryInVain();
    assertThat(leadership.problem()).isNull();
    pass(MOMENT);
    assertThat(leadership.problem())
        .isEqualTo("the Lease cannot be had for 30 s: GET is answered by 403");
    tryWell();
    tryWell();
    assertThat(leadership.problem()).isNull();
  }

  @Test
  void aStandbyThatHasStoppedTryingIsNotReady() {
    tryWell();
    tryWell();
    pass(Leadership.LONGEST_TROUBLE);
    assertThat(leadership.problem()).isEqualTo("the Lease was last asked for 30 s ago");
  }

  @Test
  void theHolderIsReady() {
    leadership.trying();
    leadership.renewing().run();
    assertThat(leadership.problem()).isNull();
  }
}
