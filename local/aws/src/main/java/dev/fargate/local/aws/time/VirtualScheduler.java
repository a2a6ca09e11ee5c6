package dev.fargate.local.aws.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A clock that stands still until {@link #advance} moves it. Due tasks run in the thread that
 * advances, each at exactly its time, so hours pass in milliseconds and every run is the same.
 *
 * <p>An exception thrown by a task leaves {@link #advance} with the clock at that task's time: a
 * test sees it. Periods are never scaled.
 */
public final class VirtualScheduler implements Scheduler {
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeSet<Task> queue =
      new TreeSet<>(Comparator.comparing((Task task) -> task.due).thenComparingLong(t -> t.order));
  private Instant now;
  private long asked;
  private boolean running;

  public VirtualScheduler(Instant start) {
    this.now = start;
  }

  @Override
  public Instant now() {
    return locked(() -> now);
  }

  @Override
  public Scheduled after(Duration delay, String what, Runnable task) {
    return locked(() -> add(new Task(dueIn(delay, what), asked++, what, null, task)));
  }

  @Override
  public Scheduled every(Duration period, String what, Runnable task) {
    if (period.isZero()) {
      throw new IllegalArgumentException("period of '" + what + "' must be more than zero");
    }
    return locked(() -> add(new Task(dueIn(period, what), asked++, what, period, task)));
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
    return controlPlanePeriod;
  }

  /**
   * Moves the clock and runs every task that falls due, also those that due tasks ask for.
   *
   * @throws IllegalStateException when called from inside a task
   */
  public void advance(Duration by) {
    locked(
        () -> {
          advanceTo(now.plus(by));
          return null;
        });
  }

  /** When the next task is due; empty when nothing waits. */
  public Optional<Instant> nextDue() {
    return locked(() -> queue.isEmpty() ? Optional.empty() : Optional.of(queue.first().due));
  }

  /** What waits, in order, one line each with its time: for a failing test's message. */
  public List<String> pending() {
    return locked(() -> queue.stream().map(task -> task.due + " " + task.what).toList());
  }

  private void advanceTo(Instant end) {
    if (end.isBefore(now)) {
      throw new IllegalArgumentException("time moves forward only, from " + now + " not to " + end);
    }
    if (running) {
      throw new IllegalStateException("a task must not advance the clock that runs it");
    }
    running = true;
    try {
      while (!queue.isEmpty() && !queue.first().due.isAfter(end)) {
        run(queue.pollFirst());
      }
      now = end;
    } finally {
      running = false;
    }
  }

  private void run(Task task) {
    now = task.due;
    if (task.period != null) {
      task.due = task.due.plus(task.period);
      task.order = asked++;
      queue.add(task);
    }
    task.body.run();
  }

  private Instant dueIn(Duration delay, String what) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay of '" + what + "' is negative: " + delay);
    }
    return now.plus(delay);
  }

  private Scheduled add(Task task) {
    queue.add(task);
    return () ->
        locked(
            () -> {
              queue.remove(task);
              return null;
            });
  }

  /** {@code due} and {@code order} change only while the task is outside the queue. */
  private static final class Task {
    private Instant due;
    private long order;
    private final String what;
    private final Duration period;
    private final Runnable body;

    Task(Instant due, long order, String what, Duration period, Runnable body) {
      this.due = due;
      this.order = order;
      this.what = what;
      this.period = period;
      this.body = body;
    }
  }
}
