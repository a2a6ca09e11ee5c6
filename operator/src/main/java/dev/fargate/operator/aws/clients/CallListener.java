package dev.fargate.operator.aws.clients;

import java.time.Duration;

/** Told of every AWS call when it has ended, for metrics. Must be quick and must not throw. */
@FunctionalInterface
public interface CallListener {
  /**
   * @param service as in an IAM action, for example {@code ecs}
   * @param errorCode AWS's or the transport's; null when it succeeded
   */
  void called(String service, String operation, Duration took, String errorCode);

  /** Hears nothing. */
  static CallListener none() {
    return (service, operation, took, errorCode) -> {};
  }
}
