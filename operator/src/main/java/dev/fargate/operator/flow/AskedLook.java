package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.ObjectStatus;
import dev.fargate.operator.apply.Cloud;
import dev.fargate.operator.plan.PlanOptions;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.build.Annotations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;

/**
 * A look that somebody has asked for by annotation: once per new value AWS itself is read before
 * the pass plans, not what a sweep has seen up to a minute ago.
 */
final class AskedLook {
  /** What the field of the status takes of the value, which may be of any length. */
  private static final int VALUE_LIMIT = 64;

  private final String asked;
  private final String before;
  private String answered;

  private AskedLook(String asked, String answered) {
    this.asked = asked;
    this.before = answered;
    this.answered = answered;
  }

  static AskedLook of(HasMetadata object, ObjectStatus status) {
    String value = Annotations.valueOf(object, Annotations.RECONCILE);
    return new AskedLook(
        value == null || value.length() <= VALUE_LIMIT ? value : value.substring(0, VALUE_LIMIT),
        status == null ? null : status.observedReconcile);
  }

  /** Reads AWS, if that is asked for and may be done now. */
  void read(Cloud cloud, Stack stack, PlanOptions options) {
    if (isOpen() && cloud.refresh(stack, Line.look(cloud, stack, options).plan().known())) {
      answered = asked;
    }
  }

  /** The value that has been answered last; null when none was. */
  String answered() {
    return answered;
  }

  /**
   * When to look again: soon while AWS is still to be read, and soon after it has been, since what
   * the environment refers to was looked up before that.
   */
  Duration next(Duration otherwise) {
    Duration asked = isOpen() ? Periods.ASKED : answered != before ? Periods.SOON : otherwise;
    return asked.compareTo(otherwise) < 0 ? asked : otherwise;
  }

  private boolean isOpen() {
    return asked != null && !asked.equals(answered);
  }
}
