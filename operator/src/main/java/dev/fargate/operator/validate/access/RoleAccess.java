package dev.fargate.operator.validate.access;

import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.database.Backup;
import dev.fargate.operator.validate.Problem;
import java.util.List;
import java.util.Objects;

/** Roles: whoever may name one in a spec may do all that the role may (iam:PassRole). */
final class RoleAccess {
  /** A role below a path is named by everything up to its last part. */
  private static final String BELOW = "/*";

  private RoleAccess() {}

  static void check(Iam iam, Grant grant, List<Problem> problems) {
    if (iam == null) {
      return;
    }
    role(
        "spec.iam.taskRoleArn",
        iam.taskRoleArn,
        grant.access().taskRoleArns,
        grant.defaults().taskRoleArn,
        "taskRoleArns",
        grant,
        problems);
    role(
        "spec.iam.executionRoleArn",
        iam.executionRoleArn,
        grant.access().executionRoleArns,
        grant.defaults().executionRoleArn,
        "executionRoleArns",
        grant,
        problems);
  }

  static void backup(Backup backup, Grant grant, List<Problem> problems) {
    if (backup != null) {
      role(
          "spec.backup.roleArn",
          backup.roleArn,
          grant.access().backupRoleArns,
          grant.defaults().backupRoleArn,
          "backupRoleArns",
          grant,
          problems);
    }
  }

  /**
   * @param named null when the spec names none: it gets the default, which is the environment's own
   *     choice
   */
  private static void role(
      String field,
      String named,
      List<String> allowed,
      String byDefault,
      String list,
      Grant grant,
      List<Problem> problems) {
    if (named != null && !allows(allowed, byDefault, named)) {
      problems.add(grant.notListed(field, named, list));
    }
  }

  static boolean allows(List<String> allowed, String byDefault, String role) {
    if (allowed == null) {
      return Objects.equals(byDefault, role);
    }
    return allowed.stream()
        .anyMatch(
            entry ->
                entry.equals(Starts.EVERYTHING)
                    || entry.equals(role)
                    || (entry.endsWith(BELOW) && isBelow(role, entry)));
  }

  private static boolean isBelow(String role, String entry) {
    String path = entry.substring(0, entry.length() - 1);
    return role.length() > path.length() && role.startsWith(path) && Starts.isPlain(role);
  }
}
