package dev.fargate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeadershipTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Leadership leadership = new Leadership("me", nanos::get);

  private static Lease heldBy(String identity) {
    return new LeaseBuilder().withNewSpec().withHolderIdentity(identity).endSpec().build();
  }

  @Test
  void nothingIsHeldBeforeTheLeaseWasSeen() {
    assertThat(leadership.getAsBoolean()).isFalse();
  }

  @Test
  void aRenewalOfOursHoldsForTheLeaseDuration() {
    leadership.seen(heldBy("me"));
    nanos.addAndGet(Leadership.LEASE_DURATION.toNanos() - 1);
    assertThat(leadership.getAsBoolean()).isTrue();
  }

  @Test
  void aProcessThatWasFrozenLongerThanTheLeaseWritesNothingOnWaking() {
    leadership.seen(heldBy("me"));
    nanos.addAndGet(Leadership.LEASE_DURATION.toNanos());
    assertThat(leadership.getAsBoolean()).isFalse();
  }

  @Test
  void aLeaseHeldByAnotherIsNotOurs() {
    leadership.seen(heldBy("me"));
    leadership.seen(heldBy("other"));
    assertThat(leadership.getAsBoolean()).isFalse();
  }
}
