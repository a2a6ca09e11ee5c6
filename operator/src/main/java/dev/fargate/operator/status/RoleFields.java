package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.operator.stack.TaskDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * Which field each role of a task comes from, so that a message about a role names the place to
 * mend it.
 */
public record RoleFields(String executionRole, String taskRole) {
  /**
   * @param own the object's; null for none
   * @param environment the FargateEnvironment's name
   */
  public static RoleFields of(Iam own, String environment) {
    String defaults = " (spec.defaults of FargateEnvironment " + environment + ")";
    return new RoleFields(
        own != null && own.executionRoleArn != null
            ? "spec.iam.executionRoleArn"
            : "executionRoleArn" + defaults,
        own != null && own.taskRoleArn != null ? "spec.iam.taskRoleArn" : "taskRoleArn" + defaults);
  }

  /** {@code spec.iam.executionRoleArn arn:...}, for each role that the definition has. */
  String in(TaskDefinition definition) {
    List<String> roles = new ArrayList<>();
    if (definition.executionRoleArn() != null) {
      roles.add(executionRole + " " + definition.executionRoleArn());
    }
    if (definition.taskRoleArn() != null) {
      roles.add(taskRole + " " + definition.taskRoleArn());
    }
    return roles.isEmpty() ? "no role is set" : String.join(" or ", roles);
  }
}
