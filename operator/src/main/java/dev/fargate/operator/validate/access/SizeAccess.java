package dev.fargate.operator.validate.access;

import dev.fargate.operator.validate.Problem;
import java.util.List;

/** How much one app or database may ask for. */
final class SizeAccess {
  private SizeAccess() {}

  /**
   * @param asked null: nothing
   */
  static void replicas(String field, Integer asked, Grant grant, List<Problem> problems) {
    Integer most = grant.access().maxReplicas;
    if (most != null && asked != null && asked > most) {
      problems.add(
          grant.refusal(
              field, asked + " tasks, more than " + most + ",", "raise spec.access.maxReplicas"));
    }
  }

  static void cpu(int asked, Grant grant, List<Problem> problems) {
    Integer most = grant.access().maxTaskCpu;
    if (most != null && asked > most) {
      problems.add(
          grant.refusal(
              "spec.cpu",
              asked + " units, more than " + most + ",",
              "raise spec.access.maxTaskCpu"));
    }
  }
}
