package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.Optional;

/**
 * How the production traffic goes from the tasks that serve to the new ones (AWS-FACTS 4.7).
 *
 * @param bakeMinutes how long the old tasks stay once all traffic is with the new ones
 * @param percent the share of each step of LINEAR, or of the canary of CANARY; else 100
 * @param stepMinutes how long a step, or the canary, is watched before the next share; else 0
 */
record DeploymentStrategy(Name name, int bakeMinutes, double percent, int stepMinutes) {
  enum Name {
    ROLLING,
    BLUE_GREEN,
    LINEAR,
    CANARY
  }

  static final DeploymentStrategy ROLLING = new DeploymentStrategy(Name.ROLLING, 0, 100, 0);

  private static final int ALL = 100;
  private static final int LONGEST_MINUTES = 1440;

  /** AWS's defaults and bounds. */
  private static final double LINEAR_PERCENT = 10;

  private static final double LEAST_LINEAR_PERCENT = 3;
  private static final int LINEAR_MINUTES = 6;
  private static final double CANARY_PERCENT = 5;
  private static final double LEAST_CANARY_PERCENT = 0.1;
  private static final int CANARY_MINUTES = 10;

  /** Whether ECS shifts the traffic, by the weights of a listener rule. */
  boolean shifts() {
    return name != Name.ROLLING;
  }

  /**
   * The new tasks' share of the traffic.
   *
   * @param elapsed since the shift began
   * @param minute how long a minute of AWS's takes here
   */
  int share(Duration elapsed, Duration minute) {
    Duration step = minute.multipliedBy(stepMinutes);
    return switch (name) {
      case LINEAR -> {
        long steps = step.isZero() ? ALL : elapsed.dividedBy(step) + 1;
        yield (int) Math.min(ALL, Math.round(steps * percent));
      }
      case CANARY -> elapsed.compareTo(step) < 0 ? (int) Math.max(1, Math.round(percent)) : ALL;
      default -> ALL;
    };
  }

  /** This strategy with what a deploymentConfiguration says put over it. */
  DeploymentStrategy with(Struct request) {
    Name wanted = request.string("strategy").map(Name::valueOf).orElse(name);
    Optional<Struct> linear = request.struct("linearConfiguration");
    Optional<Struct> canary = request.struct("canaryConfiguration");
    if (linear.isPresent() && wanted != Name.LINEAR) {
      throw EcsError.invalid(
          "Linear configuration can only be present with LINEAR deployment strategy");
    }
    if (canary.isPresent() && wanted != Name.CANARY) {
      throw EcsError.invalid(
          "Canary configuration can only be present with CANARY deployment strategy");
    }
    if (wanted == Name.BLUE_GREEN && wanted != name && !request.has("bakeTimeInMinutes")) {
      throw EcsError.invalid(
          "bakeTimeInMinutes is required for the BLUE_GREEN deployment strategy.");
    }
    int bake = minutes("bakeTimeInMinutes", request.integer("bakeTimeInMinutes"), bakeMinutes);
    DeploymentStrategy now = wanted == name ? this : defaults(wanted);
    return switch (wanted) {
      case LINEAR ->
          new DeploymentStrategy(
              wanted,
              bake,
              percent(
                  "stepPercent", linear.map(l -> l.get("stepPercent")), LEAST_LINEAR_PERCENT, now),
              minutes(
                  "stepBakeTimeInMinutes",
                  linear.flatMap(l -> l.integer("stepBakeTimeInMinutes")),
                  now.stepMinutes));
      case CANARY ->
          new DeploymentStrategy(
              wanted,
              bake,
              percent(
                  "canaryPercent",
                  canary.map(c -> c.get("canaryPercent")),
                  LEAST_CANARY_PERCENT,
                  now),
              minutes(
                  "canaryBakeTimeInMinutes",
                  canary.flatMap(c -> c.integer("canaryBakeTimeInMinutes")),
                  now.stepMinutes));
      default -> new DeploymentStrategy(wanted, bake, ALL, 0);
    };
  }

  private static DeploymentStrategy defaults(Name name) {
    return name == Name.LINEAR
        ? new DeploymentStrategy(name, 0, LINEAR_PERCENT, LINEAR_MINUTES)
        : new DeploymentStrategy(name, 0, CANARY_PERCENT, CANARY_MINUTES);
  }

  private static double percent(
      String field, Optional<Object> asked, double least, DeploymentStrategy now) {
    double percent = asked.map(value -> ((Number) value).doubleValue()).orElse(now.percent);
    if (percent < least || percent > ALL) {
      throw EcsError.invalid(
          field + " must be between " + least + " and 100.0, was " + percent + ".");
    }
    return percent;
  }

  private static int minutes(String field, Optional<Integer> asked, int now) {
    int minutes = asked.orElse(now);
    if (minutes < 0 || minutes > LONGEST_MINUTES) {
      throw EcsError.invalid(field + " must be between 0 and 1440, was " + minutes + ".");
    }
    return minutes;
  }

  /** Adds itself to a deploymentConfiguration. */
  Struct describe(Struct configuration) {
    configuration.with("strategy", name.name()).with("bakeTimeInMinutes", bakeMinutes);
    if (name == Name.LINEAR) {
      configuration.with(
          "linearConfiguration",
          Struct.of().with("stepPercent", percent).with("stepBakeTimeInMinutes", stepMinutes));
    } else if (name == Name.CANARY) {
      configuration.with(
          "canaryConfiguration",
          Struct.of().with("canaryPercent", percent).with("canaryBakeTimeInMinutes", stepMinutes));
    }
    return configuration;
  }
}
