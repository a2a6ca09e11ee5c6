package dev.fargate.operator.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real time: one daemon thread per environment, so that a slow account slows only itself. */
public final class PollerThreads implements AwsClouds.Pace {
  private static final Logger LOG = LoggerFactory.getLogger(PollerThreads.class);

  /** After an error that is a bug: neither silence nor a storm. */
  private static final Duration AFTER_BUG = Duration.ofSeconds(30);

  private final Clock clock;
  private final Map<String, Thread> threads = new ConcurrentHashMap<>();

  public PollerThreads(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Runnable drive(String environment, Poller poller) {
    Thread thread = new Thread(() -> run(environment, poller), "aws-poller-" + environment);
    thread.setDaemon(true);
    threads.put(environment, thread);
    thread.start();
    return () -> {
      threads.remove(environment, thread);
      thread.interrupt();
    };
  }

  private void run(String environment, Poller poller) {
    while (!Thread.currentThread().isInterrupted()) {
      Duration wait;
      try {
        Instant next = poller.pollOnce(clock.instant());
        wait = Duration.between(clock.instant(), next);
      } catch (RuntimeException bug) {
        if (Thread.currentThread().isInterrupted()) {
          // Stopped in the middle of a poll: its clients are closed.
          return;
        }
        LOG.error("Polling AWS for environment {} failed; it goes on.", environment, bug);
        wait = AFTER_BUG;
      }
      if (!wait.isNegative()) {
        LockSupport.parkNanos(this, wait.toNanos());
      }
    }
  }

  @Override
  public void pause(Duration time) {
    LockSupport.parkNanos(this, time.toNanos());
  }
}
