package dev.fargate.local.aws.time;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wall clock, for tasks that are real processes. One daemon thread runs what is due; a task
 * that throws is logged and, when periodic, runs again.
 */
public final class RealScheduler implements Scheduler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RealScheduler.class);

  /** Fair: a client that calls in a loop must not keep due tasks from the lock. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final double timeScale;
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          body -> {
            Thread thread = new Thread(body, "aws-clock");
            thread.setDaemon(true);
            return thread;
          },
          // After close a task that is still asked for never runs, like those that wait.
          new ThreadPoolExecutor.DiscardPolicy());

  /**
   * @param timeScale how many times faster control-plane periods pass: 1 as in AWS, 10 makes a
   *     minute six seconds; at least 1
   */
  public RealScheduler(double timeScale) {
    if (!(timeScale >= 1) || Double.isInfinite(timeScale)) {
      throw new IllegalArgumentException(
          "timeScale must be 1 or more (1 = as slow as AWS), not " + timeScale);
    }
    this.timeScale = timeScale;
    executor.setRemoveOnCancelPolicy(true);
    // What is asked of an ended clock never runs: answers of probes and tasks may still arrive.
    executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
  }

  @Override
  public Instant now() {
    // AWS answers in milliseconds; finer digits would only make answers differ from requests.
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public Scheduled after(Duration delay, String what, Runnable task) {
    Due due = new Due(what, task);
    return due.as(executor.schedule(due, delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  @Override
  public Scheduled every(Duration period, String what, Runnable task) {
    Due due = new Due(what, task);
    long nanos = period.toNanos();
    return due.as(executor.scheduleWithFixedDelay(due, nanos, nanos, TimeUnit.NANOSECONDS));
  }

  @Override
  public <T> T locked(Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Duration scaled(Duration controlPlanePeriod) {
    return Duration.ofNanos((long) (controlPlanePeriod.toNanos() / timeScale));
  }

  /** Ends the clock: what is due later never runs. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** Asks under the lock whether it was cancelled: it may have waited for the canceller. */
  private final class Due implements Runnable, Scheduled {
    private final String what;
    private final Runnable body;
    private volatile boolean cancelled;
    private volatile Future<?> future;

    Due(String what, Runnable body) {
      this.what = what;
      this.body = body;
    }

    Scheduled as(Future<?> scheduled) {
      future = scheduled;
      return this;
    }

    @Override
    public void cancel() {
      cancelled = true;
      future.cancel(false);
    }

    @Override
    public void run() {
      lock.lock();
      try {
        if (!cancelled && !executor.isShutdown()) {
          body.run();
        }
      } catch (RuntimeException failure) {
        LOG.error("Scheduled task '{}' failed", what, failure);
      } finally {
        lock.unlock();
      }
    }
  }
}
