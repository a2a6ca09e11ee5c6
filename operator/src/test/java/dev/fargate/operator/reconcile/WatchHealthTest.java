package dev.fargate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchHealthTest {
  private static final WatchHealth.Informer WELL = new WatchHealth.Informer("apps", true, true);
  private static final WatchHealth.Informer DOWN = new WatchHealth.Informer("apps", true, false);
  private static final WatchHealth.Informer OTHER = new WatchHealth.Informer("others", true, true);

  private final AtomicLong nanos = new AtomicLong();
  private final WatchHealth health = new WatchHealth(nanos::get);

  private String after(long passed, WatchHealth.Informer informer) {
    nanos.addAndGet(passed);
    return health.problem(List.of(informer, OTHER));
  }

  @Test
  void aStoppedInformerIsNamedAtOnce() {
    assertThat(after(0, new WatchHealth.Informer("apps", false, false)))
        .isEqualTo("apps has stopped");
  }

  @Test
  void aWatchMayBeDownForAsLongAsItsClientMayTakeToOpenItAgain() {
    assertThat(after(0, DOWN)).isNull();
    assertThat(after(WatchHealth.LONGEST_DOWN.toNanos() - 1, DOWN)).isNull();
    assertThat(after(1, DOWN)).isEqualTo("apps has had no watch for 300 s");
  }

  @Test
  void timeDownDoesNotAddUpOverWatchesThatCameBack() {
    after(0, DOWN);
    after(WatchHealth.LONGEST_DOWN.toNanos() - 1, WELL);
    assertThat(after(1, DOWN)).isNull();
    assertThat(after(WatchHealth.LONGEST_DOWN.toNanos() - 1, DOWN)).isNull();
  }
}
