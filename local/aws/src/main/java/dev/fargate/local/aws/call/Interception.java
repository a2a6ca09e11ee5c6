package dev.fargate.local.aws.call;

import dev.fargate.local.aws.wire.Struct;
import java.util.function.UnaryOperator;

/**
 * Stands in the way of every call, for tests that do something at the n-th call of a run: what it
 * throws before or after the effect is what the caller meets.
 */
@FunctionalInterface
public interface Interception {
  /**
   * Around one call, in its thread and outside the lock, so that it may let time pass.
   *
   * @param call for example {@code ecs:CreateService}
   * @param proceed carries the call out
   * @return the answer
   */
  Struct around(String call, Struct input, UnaryOperator<Struct> proceed);
}
