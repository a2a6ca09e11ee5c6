package dev.fargate.operator.aws.efs;

import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import software.amazon.awssdk.services.efs.model.LifeCycleState;

/** Where EFS is with a thing. */
final class Lifecycles {
  private Lifecycles() {}

  static boolean isGone(LifeCycleState state) {
    return state == LifeCycleState.DELETED;
  }

  /** A file system that is being updated serves on. */
  static Lifecycle of(LifeCycleState state) {
    return switch (state) {
      case CREATING -> Lifecycle.PENDING;
      case DELETING, DELETED -> Lifecycle.DELETING;
      case ERROR -> Lifecycle.FAILED;
      default -> Lifecycle.ACTIVE;
    };
  }
}
