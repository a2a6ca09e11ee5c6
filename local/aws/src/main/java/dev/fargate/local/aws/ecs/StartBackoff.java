package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;
import java.time.Instant;

/**
 * The growing pause between launches of a deployment whose tasks never reach RUNNING, where no
 * circuit breaker ends it (AWS-FACTS 4.4).
 */
final class StartBackoff {
  /** Failures in a row that are retried at once. */
  private static final int FREE_FAILURES = 3;

  private final Scheduler scheduler;
  private final Timing timing;

  StartBackoff(Scheduler scheduler, Timing timing) {
    this.scheduler = scheduler;
    this.timing = timing;
  }

  void startFailed(Deployment deployment) {
    deployment.failedStarts++;
    int pauses = deployment.failedStarts - FREE_FAILURES;
    if (pauses > 0) {
      Duration pause = timing.firstBackoff();
      for (int i = 1; i < pauses && pause.compareTo(timing.maxBackoff()) < 0; i++) {
        pause = pause.multipliedBy(2);
      }
      Duration bounded = pause.compareTo(timing.maxBackoff()) > 0 ? timing.maxBackoff() : pause;
      deployment.pausedUntil = scheduler.now().plus(bounded);
    }
  }

  /** Whether to launch nothing now; says so in an event, once per series of failures. */
  boolean pauses(Service service, Deployment deployment) {
    if (deployment.failedStarts == 0) {
      deployment.reportedImpaired = false;
    }
    Instant now = scheduler.now();
    boolean breakerWillEnd =
        service.settings.breaker() && deployment.rollout == Deployment.Rollout.IN_PROGRESS;
    if (breakerWillEnd || deployment.failedStarts <= FREE_FAILURES) {
      return false;
    }
    if (!deployment.reportedImpaired) {
      deployment.reportedImpaired = true;
      service.event(
          "is unable to consistently start tasks successfully. For more information, see the"
              + " Troubleshooting section.");
    }
    return now.isBefore(deployment.pausedUntil);
  }
}
