package dev.fargate.operator.flow;

import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.validate.Problem;
import java.util.List;

/**
 * What an object would do in AWS now, for people who ask before they apply. Nothing is written.
 *
 * @param plan null when it cannot be planned
 * @param problems what is wrong with the spec; then there is no plan
 * @param waitsFor what is missing, in a sentence; null when nothing is
 * @param status what the object will have published once the plan is carried out: what AWS has
 *     already, and {@code (known after: X)} for the rest; null without a plan
 */
public record Preview<S>(Plan plan, List<Problem> problems, String waitsFor, S status) {
  static <S> Preview<S> of(Plan plan, S status) {
    return new Preview<>(plan, List.of(), null, status);
  }

  static <S> Preview<S> invalid(List<Problem> problems) {
    return new Preview<>(null, List.copyOf(problems), null, null);
  }

  static <S> Preview<S> waiting(String waitsFor) {
    return new Preview<>(null, List.of(), waitsFor, null);
  }
}
