package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.ecs.Deployment.Stage;
import dev.fargate.local.aws.time.Scheduler;
import java.time.Duration;

/**
 * Takes a blue/green, linear or canary deployment from stage to stage, one at each look, so that
 * every stage can be seen (AWS-FACTS 4.7).
 */
final class TrafficShift {
  /** AWS's documentation: a stage that takes longer fails, and is rolled back. */
  private static final Duration LONGEST_STAGE = Duration.ofHours(24);

  private static final int ALL = 100;

  private final Scheduler scheduler;
  private final Deployments deployments;
  private final TrafficWeights weights;

  TrafficShift(Scheduler scheduler, Deployments deployments, TrafficWeights weights) {
    this.scheduler = scheduler;
    this.deployments = deployments;
    this.weights = weights;
  }

  /**
   * @param scaledUp whether all its tasks are healthy
   * @param alone whether no task of another deployment is left
   */
  void look(Service service, boolean scaledUp, boolean alone) {
    Deployment green = service.primary();
    Duration elapsed = Duration.between(green.stageSince, scheduler.now());
    if (elapsed.compareTo(LONGEST_STAGE) >= 0 && green.stage.compareTo(Stage.BAKE_TIME) < 0) {
      deployments.timeOut(service);
    } else if (green.stage == Stage.CLEAN_UP) {
      if (alone) {
        deployments.complete(service);
      }
    } else if (isDone(service, green, elapsed, scaledUp)) {
      green.enter(green.stage.next(), scheduler.now());
    }
  }

  private boolean isDone(Service service, Deployment green, Duration elapsed, boolean scaledUp) {
    Duration minute = scheduler.scaled(Duration.ofMinutes(1));
    DeploymentStrategy strategy = green.settings.strategy();
    return switch (green.stage) {
      case SCALE_UP -> scaledUp;
      case PRODUCTION_TRAFFIC_SHIFT -> share(service, green, minute) == ALL;
      case BAKE_TIME ->
          // Nor is there anything to go back to, so nothing to bake for (UNVERIFIED).
          green.blue == null || elapsed.compareTo(minute.multipliedBy(strategy.bakeMinutes())) >= 0;
      default -> true;
    };
  }

  /** Gives it what is due by now; the share it has then. */
  private int share(Service service, Deployment green, Duration minute) {
    Duration elapsed =
        green.sharedSince == null
            ? Duration.ZERO
            : Duration.between(green.sharedSince, scheduler.now());
    // The first deployment shares with nobody (UNVERIFIED).
    int due = green.blue == null ? ALL : green.settings.strategy().share(elapsed, minute);
    if (due != green.share && weights.share(service, green, due) && green.sharedSince == null) {
      green.sharedSince = scheduler.now();
    }
    return green.share;
  }
}
