package dev.fargate.phoenix;

import com.mongodb.MongoException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prints every answered request and writes it to the database behind the caller's back: a request
 * never waits for the database and never fails because of it.
 */
final class AccessLog {
  /**
   * Some minutes of ordinary traffic; about a quarter of a megabyte. When it is full the oldest
   * entry is given up.
   */
  static final int QUEUE_CAPACITY = 1_000;

  /** One round trip for a burst; small enough to stay far below MongoDB's message limit. */
  private static final int BATCH = 100;

  /**
   * Between attempts while the database is away: short, because a restarted database is back at any
   * moment.
   */
  private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

  private static final Duration POLL = Duration.ofMillis(20);
  private static final Logger ACCESS = LoggerFactory.getLogger("access");
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  private final BlockingQueue<AccessEntry> queue = new ArrayBlockingQueue<>(QUEUE_CAPACITY);
  private final AtomicLong pending = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final LogStore store;

  AccessLog(LogStore store) {
    this.store = store;
  }

  /** Starts the writer. Without it entries are printed and the newest of them kept. */
  void start() {
    Thread writer = new Thread(this::writeForEver, "access-log");
    writer.setDaemon(true);
    writer.start();
  }

  /** Prints and queues the entry; never waits, never fails. */
  void record(AccessEntry entry) {
    ACCESS.info(entry.line());
    pending.incrementAndGet();
    while (!queue.offer(entry)) {
      if (queue.poll() != null) {
        pending.decrementAndGet();
        dropped.incrementAndGet();
      }
    }
  }

  /**
   * Waits until everything recorded so far is stored, but no longer than the limit, and not for an
   * absent database.
   */
  void flush(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (pending.get() > 0 && store.isAvailable() && System.nanoTime() < end) {
        Thread.sleep(POLL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeForEver() {
    List<AccessEntry> batch = new ArrayList<>(BATCH);
    try {
      while (true) {
        batch.add(queue.take());
        queue.drainTo(batch, BATCH - 1);
        while (!stored(batch)) {
          TimeUnit.MILLISECONDS.sleep(RETRY_PAUSE.toMillis());
        }
        pending.addAndGet(-batch.size());
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean stored(List<AccessEntry> batch) {
    try {
      store.append(batch);
    } catch (LogStore.Unavailable e) {
      return false;
    } catch (MongoException e) {
      // Its message may quote what was sent; its name says enough, and DatabaseLink reports the
      // connection's state.
      LOG.warn("access log not written: {}", e.getClass().getSimpleName());
      return false;
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      LOG.warn(
          "the database was away for long: {} access log entries were printed but not stored",
          lost);
    }
    return true;
  }
}
