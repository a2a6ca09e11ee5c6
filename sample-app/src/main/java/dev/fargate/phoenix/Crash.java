package dev.fargate.phoenix;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends the process as a crash would: at once, without draining, with a status that is not 0. */
final class Crash {
  static final int STATUS = 1;

  /**
   * So that the crash is in the log that one reads to find out about it; no more, for a crash is
   * quick.
   */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final AccessLog log;
  private final AtomicBoolean begun = new AtomicBoolean();

  Crash(AccessLog log) {
    this.log = log;
  }

  /** Begins to end the process; returns at once. To be called when the answer has been sent. */
  void begin() {
    if (begun.compareAndSet(false, true)) {
      new Thread(this::end, "crash").start();
    }
  }

  private void end() {
    try {
      log.flush(LAST_WORDS);
    } finally {
      System.out.flush();
      // Not exit(): that would drain first.
      Runtime.getRuntime().halt(STATUS);
    }
  }
}
