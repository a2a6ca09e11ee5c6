package dev.fargate.operator.campaign;

import java.util.function.Consumer;

/**
 * Something people do to their objects.
 *
 * @param given what there is before, brought to rest undisturbed
 * @param steps what is done; it may let time pass
 */
record Workload(String name, Consumer<Stage> given, Consumer<Stage> steps) {
  @Override
  public String toString() {
    return name;
  }
}
