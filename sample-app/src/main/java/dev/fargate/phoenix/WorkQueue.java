package dev.fargate.phoenix;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A few workers with a short queue, for work that must not take the server's own threads: what does
 * not fit is refused at once instead of piling up.
 */
final class WorkQueue {
  /** Idle workers end after this long; a new one costs less than a millisecond. */
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor workers;

  /** The queue is full. Becomes 503 with Retry-After. */
  static final class Saturated extends RuntimeException {
    Saturated(String what) {
      super(what);
    }
  }

  /**
   * Creates the workers; no thread is started before there is work.
   *
   * @param name of the threads, and of the work in a refusal
   * @param threads how many pieces of work run at once, at least 1
   * @param capacity how many more may wait, at least 1
   */
  WorkQueue(String name, int threads, int capacity) {
    workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(capacity),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    workers.allowCoreThreadTimeOut(true);
  }

  /**
   * Starts or queues the work.
   *
   * @return completes with the work's value or error, on a worker's thread
   * @throws Saturated if the queue is full
   */
  <T> CompletableFuture<T> submit(String what, Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, workers);
    } catch (RejectedExecutionException e) {
      throw new Saturated(what);
    }
  }
}
