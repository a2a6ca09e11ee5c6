package dev.fargate.phoenix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  @Test
  void oneWorksEightWaitAndTheNextIsRefused() {
    WorkQueue queue =
        new WorkQueue("test", Endpoints.CERTIFICATE_WORKERS, Endpoints.CERTIFICATE_QUEUE);
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Integer>> accepted = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      int number = i;
      accepted.add(
          queue.submit(
              "tests",
              () -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                waitFor(gate);
                atOnce.decrementAndGet();
                return number;
              }));
    }
    assertThatThrownBy(() -> queue.submit("tests", () -> 9))
        .isInstanceOf(WorkQueue.Saturated.class);

    gate.countDown();
    assertThat(accepted.stream().map(CompletableFuture::join))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(most).hasValue(1);
    assertThat(queue.submit("tests", () -> 10).join()).isEqualTo(10);
  }

  private static void waitFor(CountDownLatch gate) {
    try {
      assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
