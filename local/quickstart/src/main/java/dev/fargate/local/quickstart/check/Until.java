package dev.fargate.local.quickstart.check;

import dev.fargate.local.quickstart.QuickstartFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits with a bound. */
public final class Until {
  /** Short enough not to be seen, long enough to leave the processor to what is waited for. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  private Until() {}

  /**
   * Asks again and again until nothing is missing.
   *
   * @param limit at most this long
   * @param what for the message, for example "Phoenix is Ready"
   * @param missing what is still missing; empty when there is nothing left to wait for
   * @throws QuickstartFailure naming what was still missing at the end
   */
  public static void nothingMissing(
      Duration limit, String what, Supplier<Optional<String>> missing) {
    long end = System.nanoTime() + limit.toNanos();
    Optional<String> left = missing.get();
    while (left.isPresent()) {
      if (System.nanoTime() > end) {
        throw new QuickstartFailure(
            "Waited %d s in vain until %s. Still missing: %s"
                .formatted(limit.toSeconds(), what, left.get()));
      }
      pause();
      left = missing.get();
    }
  }

  /** Waits a moment. */
  public static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QuickstartFailure("Interrupted.", e);
    }
  }
}
