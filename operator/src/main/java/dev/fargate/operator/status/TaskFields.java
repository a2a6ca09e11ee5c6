package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.Network;
import dev.fargate.operator.stack.TaskDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * Which field the roles and the further security groups of a task come from, so that a message
 * about one of them names the place to mend it.
 */
public record TaskFields(String executionRole, String taskRole, String securityGroups) {
  /**
   * @param iam the object's; null for none
   * @param network the object's; null for none
   * @param environment the FargateEnvironment's name
   */
  public static TaskFields of(Iam iam, Network network, String environment) {
    String of = " of FargateEnvironment " + environment;
    String defaults = " (spec.defaults" + of + ")";
    return new TaskFields(
        iam != null && iam.executionRoleArn != null
            ? "spec.iam.executionRoleArn"
            : "executionRoleArn" + defaults,
        iam != null && iam.taskRoleArn != null ? "spec.iam.taskRoleArn" : "taskRoleArn" + defaults,
        network != null && network.securityGroupIds != null && !network.securityGroupIds.isEmpty()
            ? "spec.network.securityGroupIds"
            : "spec.network.securityGroupIds" + of);
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
