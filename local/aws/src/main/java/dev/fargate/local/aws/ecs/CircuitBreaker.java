package dev.fargate.local.aws.ecs;

/** When the deployment circuit breaker gives up, by its default rule (AWS-FACTS 4.4). */
final class CircuitBreaker {
  private static final double FAILED_SHARE = 0.5;
  private static final int AT_LEAST = 3;
  private static final int AT_MOST = 200;

  private CircuitBreaker() {}

  /** How many failed tasks end a deployment: half the desired count, at least 3, at most 200. */
  static int threshold(int desired) {
    int share = (int) Math.ceil(FAILED_SHARE * desired);
    return Math.max(AT_LEAST, Math.min(AT_MOST, share));
  }
}
