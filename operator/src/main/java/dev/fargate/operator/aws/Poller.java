package dev.fargate.operator.aws;

import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.stack.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * When one environment is looked at: everything each minute, the owners in rollout every few
 * seconds. Has no thread and no clock of its own; whoever drives it says what time it is.
 */
public final class Poller {
  /** Drift is seen within a minute (CORRECTNESS C10), the jitter included. */
  private static final Duration SWEEP_PERIOD = Duration.ofSeconds(54);

  /** Of the period, either way, so that environments do not sweep in step. */
  private static final double JITTER = 0.1;

  /** After a failed sweep; the clients have tried three times already. */
  private static final Duration RETRY_FIRST = Duration.ofSeconds(5);

  /** The longest wait between attempts: an AWS that is back is noticed soon enough. */
  private static final Duration RETRY_LAST = Duration.ofMinutes(2);

  /** A rollout's numbers on a screen should be alive; two batches a second at 100 rollouts. */
  private static final Duration ROLLOUT_PERIOD = Duration.ofSeconds(5);

  private final AwsCloud cloud;
  private final Owner environment;
  private final Consumer<Owner> changed;
  private final RandomGenerator random;

  private Instant nextSweep = Instant.MIN;
  private Instant nextRollout = Instant.MIN;
  private Duration retry = RETRY_FIRST;

  /**
   * @param environment woken when its AWS can be planned for at last
   * @param changed told every owner whose AWS side has changed
   */
  public Poller(
      AwsCloud cloud, Owner environment, Consumer<Owner> changed, RandomGenerator random) {
    this.cloud = cloud;
    this.environment = environment;
    this.changed = changed;
    this.random = random;
  }

  /**
   * Does what is due now.
   *
   * @return when something is due again
   */
  public Instant pollOnce(Instant now) {
    if (!now.isBefore(nextSweep)) {
      sweep(now);
      // Just after a sweep everything is as fresh as a rollout poll would make it.
      nextRollout = now.plus(ROLLOUT_PERIOD);
    } else if (!now.isBefore(nextRollout)) {
      if (cloud.watching()) {
        tell(cloud.pollRollouts());
      }
      nextRollout = now.plus(ROLLOUT_PERIOD);
    }
    // Whoever was woken early, as a park may be, comes back for what is still due.
    return nextRollout.isBefore(nextSweep) ? nextRollout : nextSweep;
  }

  private void sweep(Instant now) {
    boolean wasReady = cloud.ready();
    tell(cloud.sweep());
    if (cloud.ready() && !wasReady) {
      changed.accept(environment);
    }
    if (cloud.lastError().isEmpty()) {
      retry = RETRY_FIRST;
      double share = 1 + JITTER * (2 * random.nextDouble() - 1);
      nextSweep = now.plusMillis((long) (SWEEP_PERIOD.toMillis() * share));
    } else {
      nextSweep = now.plus(retry);
      retry = retry.multipliedBy(2).compareTo(RETRY_LAST) < 0 ? retry.multipliedBy(2) : RETRY_LAST;
    }
  }

  private void tell(List<Seen> things) {
    Set<Owner> owners = new LinkedHashSet<>();
    for (Seen seen : things) {
      String reference = seen.ownerReference(environment.ownerId());
      if (reference != null) {
        owners.add(Owner.parse(environment.ownerId(), reference));
      }
    }
    owners.forEach(changed);
  }
}
