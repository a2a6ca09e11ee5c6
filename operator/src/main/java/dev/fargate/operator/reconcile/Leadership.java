package dev.fargate.operator.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether this process may write to AWS now, and whether it can ever. The operator SDK tells of no
 * renewal, so {@link LeaseRequests} tells what becomes of its requests for the Lease. A renewal
 * counts from when it was sent, on this machine's clocks: a process that was frozen and wakes has
 * an old renewal and so writes nothing, whatever lay in its sockets (decision 19, R13).
 */
public final class Leadership implements BooleanSupplier {
  /** As Kubernetes' own controllers: another may take over this long after the last renewal. */
  public static final Duration LEASE_DURATION = Duration.ofSeconds(15);

  /**
   * The holder gives up, and writes nothing any more, well before the others may take over: what it
   * has just sent arrives before they begin, and clocks may differ.
   */
  public static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  public static final Duration RETRY_PERIOD = Duration.ofSeconds(2);

  /** Several tries, and an API server that restarts; what lasts longer is told by readiness. */
  static final Duration LONGEST_TROUBLE = LEASE_DURATION.multipliedBy(2);

  private final LongSupplier nanoTime;
  private final Clock clock;
  private volatile Moment renewed;
  private Moment lastTry;
  private boolean lastTryFailed;
  private boolean everWell;
  private Moment troubleSince;
  private String trouble;

  /** The monotonic clock stops with a suspended machine; the other can be set. */
  private record Moment(long nanos, Instant wall) {}

  /**
   * @param nanoTime the monotonic clock
   */
  public Leadership(LongSupplier nanoTime, Clock clock) {
    this.nanoTime = nanoTime;
    this.clock = clock;
  }

  @Override
  public boolean getAsBoolean() {
    Moment last = renewed;
    return last != null && since(last).compareTo(RENEW_DEADLINE) < 0;
  }

  /**
   * Whether this process leads, or stands by and could take over.
   *
   * @return null when so, else why not
   */
  public synchronized String problem() {
    if (getAsBoolean()) {
      return null;
    }
    if (troubleSince != null && (!everWell || isLong(troubleSince))) {
      return "the Lease cannot be had for " + since(troubleSince).toSeconds() + " s: " + trouble;
    }
    if (!everWell) {
      return "the Lease has not been looked at yet";
    }
    return isLong(lastTry)
        ? "the Lease was last asked for " + since(lastTry).toSeconds() + " s ago"
        : null;
  }

  /** A try begins: the Lease is about to be read. */
  synchronized void trying() {
    if (lastTry != null && !lastTryFailed) {
      everWell = true;
      troubleSince = null;
    }
    lastTry = now();
    lastTryFailed = false;
  }

  /** A request of this try has failed. */
  synchronized void failed(String why) {
    lastTryFailed = true;
    trouble = why;
    if (troubleSince == null) {
      troubleSince = now();
    }
  }

  /**
   * A renewal is about to be sent.
   *
   * @return what carries it out once the API server has accepted it
   */
  Runnable renewing() {
    Moment sent = now();
    return () -> renewed = sent;
  }

  /** Another holds it, or it could not be renewed in time. */
  public void lost() {
    renewed = null;
  }

  private boolean isLong(Moment moment) {
    return since(moment).compareTo(LONGEST_TROUBLE) >= 0;
  }

  private Moment now() {
    return new Moment(nanoTime.getAsLong(), clock.instant());
  }

  /** The longer of what the two clocks say. */
  private Duration since(Moment moment) {
    Duration monotonic = Duration.ofNanos(nanoTime.getAsLong() - moment.nanos());
    Duration wall = Duration.between(moment.wall(), clock.instant());
    return monotonic.compareTo(wall) > 0 ? monotonic : wall;
  }
}
