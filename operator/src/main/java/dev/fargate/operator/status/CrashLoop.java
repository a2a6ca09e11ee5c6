package dev.fargate.operator.status;

import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.Rollout.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tasks of a settled service that stop by themselves again and again. ECS replaces each within a
 * minute, so that every look may find as many as are wanted; whoever asks it is not served.
 */
final class CrashLoop {
  /** One crash is a mishap that a replacement mends, and a second one may be bad luck. */
  private static final int AT_LEAST = 3;

  /** As many as a status remembers. */
  private static final int AT_MOST = 10;

  /** A task that ends as soon as it has started is seen about once a minute on AWS. */
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private final Observed observed;
  private final RolloutHealth.Asked asked;
  private final Instant now;

  CrashLoop(Observed observed, RolloutHealth.Asked asked, Instant now) {
    this.observed = observed;
    this.asked = asked;
    this.now = now;
  }

  /** Why the last one stopped; empty unless, by number, each wanted task has stopped lately. */
  Optional<Cause> find(Deployment primary) {
    Map<String, Instant> stopped = new TreeMap<>();
    observed.rollout().failures().stream()
        .filter(failure -> asked.taskDefinitionArn().equals(failure.taskDefinitionArn()))
        .filter(failure -> failure.stoppedAt() != null)
        .forEach(failure -> stopped.put(failure.taskArn(), failure.stoppedAt()));
    asked.remembered().stream()
        .filter(f -> RolloutHealth.revision(asked.taskDefinitionArn()).equals(f.revision))
        .filter(failure -> failure.time != null)
        .forEach(f -> stopped.putIfAbsent(f.taskArn, Instant.parse(f.time)));
    long lately = stopped.values().stream().filter(this::isLately).count();
    return lately < Math.max(AT_LEAST, Math.min(AT_MOST, primary.desired()))
        ? Optional.empty()
        : new FirstCause(observed, asked, now).find();
  }

  private boolean isLately(Instant stopped) {
    return stopped.plus(WITHIN).isAfter(now);
  }
}
