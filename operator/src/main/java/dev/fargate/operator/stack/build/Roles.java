package dev.fargate.operator.stack.build;

import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.environment.Defaults;

/** The roles of a task: its own, else the environment's. Either may be null. */
record Roles(String executionRoleArn, String taskRoleArn) {
  static Roles of(Iam iam, Defaults defaults) {
    String execution = defaults == null ? null : defaults.executionRoleArn;
    String task = defaults == null ? null : defaults.taskRoleArn;
    if (iam != null && iam.executionRoleArn != null) {
      execution = iam.executionRoleArn;
    }
    if (iam != null && iam.taskRoleArn != null) {
      task = iam.taskRoleArn;
    }
    return new Roles(execution, task);
  }

  static String architecture(String own, Defaults defaults) {
    if (own != null) {
      return own;
    }
    return defaults != null && defaults.architecture != null
        ? defaults.architecture
        : FieldDefaults.ARCHITECTURE;
  }
}
