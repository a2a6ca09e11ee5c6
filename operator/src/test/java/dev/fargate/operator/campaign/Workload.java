package dev.fargate.operator.campaign;

import java.util.function.Consumer;

/**
 * Something people do to their objects.
 *
 * @param given what there is before, brought to rest undisturbed
 * @param steps what is done; it may let time pass
 * @param races whether a step overtakes the operator's work, so that how much of it was made by
 *     then depends on the fault: only what is there in the end is compared
 */
record Workload(String name, Consumer<Stage> given, Consumer<Stage> steps, boolean races) {
  Workload(String name, Consumer<Stage> given, Consumer<Stage> steps) {
    this(name, given, steps, false);
  }

  @Override
  public String toString() {
    return name;
  }
}
