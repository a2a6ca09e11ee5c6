package dev.fargate.operator.validate;

import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.environment.Defaults;
import java.util.List;

/** Whether the tasks of an app or database have the role that they cannot do without. */
public final class RoleValidation {
  private RoleValidation() {}

  /**
   * Every task writes logs, and Fargate takes no task definition that does and has no execution
   * role (ECS documentation, task execution IAM role).
   *
   * @param iam of the spec; null for none
   * @param defaults of the environment; null for none
   */
  public static List<Problem> execution(Iam iam, String environment, Defaults defaults) {
    if (iam != null && iam.executionRoleArn != null
        || defaults != null && defaults.executionRoleArn != null) {
      return List.of();
    }
    return List.of(
        new Problem(
            "spec.iam.executionRoleArn",
            "nobody could pull the image or write the logs: name a role that trusts"
                + " ecs-tasks.amazonaws.com here, or as defaults.executionRoleArn of"
                + " FargateEnvironment "
                + environment));
  }
}
