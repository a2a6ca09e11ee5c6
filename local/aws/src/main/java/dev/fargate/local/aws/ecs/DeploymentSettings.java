package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;

/**
 * The deploymentConfiguration of a service. The percentages and the breaker are about rolling.
 *
 * @param maximumPercent upper bound of running and pending tasks, percent of desired
 * @param minimumHealthyPercent lower bound of healthy tasks, percent of desired
 */
record DeploymentSettings(
    int maximumPercent,
    int minimumHealthyPercent,
    boolean breaker,
    boolean rollback,
    DeploymentStrategy strategy,
    DeploymentAlarms alarms) {
  static final DeploymentSettings DEFAULT =
      new DeploymentSettings(
          200, 100, false, false, DeploymentStrategy.ROLLING, DeploymentAlarms.NONE);

  /** These settings with those that the request names put over them. */
  DeploymentSettings with(Struct request) {
    refuseUnsupported(request);
    Struct circuitBreaker = request.struct("deploymentCircuitBreaker").orElse(null);
    DeploymentSettings merged =
        new DeploymentSettings(
            request.integer("maximumPercent").orElse(maximumPercent),
            request.integer("minimumHealthyPercent").orElse(minimumHealthyPercent),
            circuitBreaker == null ? breaker : circuitBreaker.bool("enable").orElse(false),
            circuitBreaker == null ? rollback : circuitBreaker.bool("rollback").orElse(false),
            strategy.with(request),
            request.struct("alarms").map(DeploymentAlarms::of).orElse(alarms));
    merged.check();
    return merged;
  }

  private void check() {
    if (breaker && strategy.shifts()) {
      // AWS's documentation: "can only be used for services using the rolling update"; that it is
      // refused and not ignored is UNVERIFIED.
      throw EcsError.invalid(
          "The deployment circuit breaker can only be used with the ROLLING deployment strategy.");
    }
    if (maximumPercent < 100) {
      throw EcsError.invalid("maximumPercent must be at least 100, was " + maximumPercent);
    }
    if (minimumHealthyPercent < 0 || minimumHealthyPercent > 100) {
      throw EcsError.invalid(
          "minimumHealthyPercent must be between 0 and 100, was " + minimumHealthyPercent);
    }
  }

  private static void refuseUnsupported(Struct request) {
    if (!request.structs("lifecycleHooks").isEmpty()) {
      throw EcsError.unsupported("deploymentConfiguration.lifecycleHooks", "leave it out.");
    }
  }

  Struct describe() {
    return strategy.describe(
        Struct.of()
            .with(
                "deploymentCircuitBreaker",
                Struct.of().with("enable", breaker).with("rollback", rollback))
            .with("alarms", alarms.names().isEmpty() ? null : alarms.describe())
            .with("maximumPercent", maximumPercent)
            .with("minimumHealthyPercent", minimumHealthyPercent));
  }
}
