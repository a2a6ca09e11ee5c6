package dev.fargate.operator.validate;

import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.database.Backup;
import dev.fargate.api.v1alpha1.environment.Defaults;
import java.util.List;

/** Whether an app or database has the roles that it cannot do without, its own or the defaults. */
public final class RoleValidation {
  /** What a database is backed up as. */
  public static final String BACKUP = "spec.backup.roleArn";

  private RoleValidation() {}

  /**
   * Every task writes logs, and Fargate takes no task definition that does and has no execution
   * role (ECS documentation, task execution IAM role).
   *
   * @param iam of the spec; null for none
   * @param defaults of the environment; null for none
   */
  public static List<Problem> execution(Iam iam, String environment, Defaults defaults) {
    boolean named =
        iam != null && iam.executionRoleArn != null
            || defaults != null && defaults.executionRoleArn != null;
    return named
        ? List.of()
        : missing(
            "spec.iam.executionRoleArn",
            "pull the image or write the logs",
            "ecs-tasks.amazonaws.com",
            "executionRoleArn",
            environment);
  }

  /**
   * A backup without a role would never be made.
   *
   * @param backup of the spec; null for none
   * @param defaults of the environment; null for none
   */
  public static List<Problem> backup(Backup backup, String environment, Defaults defaults) {
    boolean named =
        backup == null
            || backup.roleArn != null
            || defaults != null && defaults.backupRoleArn != null;
    return named
        ? List.of()
        : missing(BACKUP, "make the backup", "backup.amazonaws.com", "backupRoleArn", environment);
  }

  private static List<Problem> missing(
      String field, String what, String service, String byDefault, String environment) {
    return List.of(
        new Problem(
            field,
            "nobody could "
                + what
                + ": name a role that trusts "
                + service
                + " here, or as defaults."
                + byDefault
                + " of FargateEnvironment "
                + environment));
  }
}
