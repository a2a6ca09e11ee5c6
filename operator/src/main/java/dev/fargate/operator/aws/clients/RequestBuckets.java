package dev.fargate.operator.aws.clients;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.aws.clients.CallScope.Priority;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The request buckets of one account and region, by {@link BucketTable}. A pass takes a token or
 * fails at once as THROTTLED, since nothing waits inside a pass; a poll waits, and leaves a share
 * of each bucket to those before it: writes before rollout polls before sweeps (decision 18).
 */
public final class RequestBuckets {
  /** A sweep leaves this share of the burst, so that an apply in the middle of it is not slowed. */
  private static final double LEFT_BY_SWEEPS = 0.4;

  private static final double LEFT_BY_ROLLOUTS = 0.2;

  /** How long a poll waits for one token before it gives up and says that it is throttled. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final TimeMeter time;
  private final Clock clock;
  private final Consumer<Duration> pause;
  private final Map<BucketTable.Row, Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * @param pause lets time pass: parks the thread, or moves a virtual clock
   */
  public RequestBuckets(Clock clock, Consumer<Duration> pause) {
    this.clock = clock;
    this.pause = pause;
    this.time =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            Instant now = clock.instant();
            return Math.addExact(
                Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
          }

          @Override
          public boolean isWallClockBased() {
            return true;
          }
        };
  }

  /**
   * Takes a token.
   *
   * @throws AwsFailure THROTTLED when there is none for this priority
   */
  void take(String service, String operation, Priority priority) {
    BucketTable.Row row = BucketTable.row(service, operation);
    Bucket bucket = buckets.computeIfAbsent(row, this::bucket);
    long keep = (long) (row.burst() * left(priority));
    Instant deadline = clock.instant().plus(LONGEST_WAIT);
    while (!tryTake(bucket, keep)) {
      if (priority == Priority.PASS || clock.instant().isAfter(deadline)) {
        throw new AwsFailure(
            ErrorClass.THROTTLED,
            Outcome.HELD_BACK,
            "held back: " + operation + " is at AWS's rate of " + row.perSecond() + " per second",
            null,
            null);
      }
      pause.accept(Duration.ofSeconds(1).dividedBy(row.perSecond()));
    }
  }

  private static boolean tryTake(Bucket bucket, long keep) {
    // Two polls may look at the same time and both go below the share that is kept: by one token.
    return bucket.getAvailableTokens() > keep && bucket.tryConsume(1);
  }

  private static double left(Priority priority) {
    return switch (priority) {
      case PASS -> 0;
      case ROLLOUT -> LEFT_BY_ROLLOUTS;
      case SWEEP -> LEFT_BY_SWEEPS;
    };
  }

  private Bucket bucket(BucketTable.Row row) {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit.capacity(row.burst()).refillGreedy(row.perSecond(), Duration.ofSeconds(1)))
        .withCustomTimePrecision(time)
        .build();
  }
}
