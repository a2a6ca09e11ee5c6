package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;

/**
 * The deploymentConfiguration of a rolling service.
 *
 * @param maximumPercent upper bound of running and pending tasks, percent of desired
 * @param minimumHealthyPercent lower bound of healthy tasks, percent of desired
 */
record DeploymentSettings(
    int maximumPercent, int minimumHealthyPercent, boolean breaker, boolean rollback) {
  static final DeploymentSettings DEFAULT = new DeploymentSettings(200, 100, false, false);

  /** These settings with those that the request names put over them. */
  DeploymentSettings with(Struct request) {
    refuseUnsupported(request);
    Struct circuitBreaker = request.struct("deploymentCircuitBreaker").orElse(null);
    DeploymentSettings merged =
        new DeploymentSettings(
            request.integer("maximumPercent").orElse(maximumPercent),
            request.integer("minimumHealthyPercent").orElse(minimumHealthyPercent),
            circuitBreaker == null ? breaker : circuitBreaker.bool("enable").orElse(false),
            circuitBreaker == null ? rollback : circuitBreaker.bool("rollback").orElse(false));
    merged.check();
    return merged;
  }

  private void check() {
    if (maximumPercent < 100) {
      throw EcsError.invalid("maximumPercent must be at least 100, was " + maximumPercent);
    }
    if (minimumHealthyPercent < 0 || minimumHealthyPercent > 100) {
      throw EcsError.invalid(
          "minimumHealthyPercent must be between 0 and 100, was " + minimumHealthyPercent);
    }
  }

  private static void refuseUnsupported(Struct request) {
    request
        .string("strategy")
        .filter(strategy -> !strategy.equals("ROLLING"))
        .ifPresent(
            strategy -> {
              throw EcsError.unsupported("deployment strategy " + strategy, "use ROLLING.");
            });
    if (!request.structs("lifecycleHooks").isEmpty()) {
      throw EcsError.unsupported("deploymentConfiguration.lifecycleHooks", "leave it out.");
    }
    for (String field :
        new String[] {
          "alarms", "bakeTimeInMinutes", "linearConfiguration", "canaryConfiguration"
        }) {
      if (request.has(field)) {
        throw EcsError.unsupported("deploymentConfiguration." + field, "leave it out.");
      }
    }
  }

  Struct describe() {
    return Struct.of()
        .with(
            "deploymentCircuitBreaker",
            Struct.of().with("enable", breaker).with("rollback", rollback))
        .with("maximumPercent", maximumPercent)
        .with("minimumHealthyPercent", minimumHealthyPercent)
        .with("strategy", "ROLLING")
        .with("bakeTimeInMinutes", 0);
  }
}
