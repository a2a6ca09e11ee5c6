package dev.fargate.operator.validate;

import dev.fargate.api.v1alpha1.Syntax;
import dev.fargate.api.v1alpha1.database.FargateDatabaseSpec;
import dev.fargate.api.v1alpha1.database.Restore;
import java.util.ArrayList;
import java.util.List;

/** What must hold of what a database is to be brought back from. */
public final class RestoreValidation {
  private static final String FIELD = "spec.restore";

  private RestoreValidation() {}

  /** By the spec alone. The schema says the same; an object may be older than it. */
  static List<Problem> check(FargateDatabaseSpec spec) {
    List<Problem> problems = new ArrayList<>();
    Restore restore = spec.restore;
    if (restore == null) {
      return problems;
    }
    if (spec.storage == null || spec.storage.efs == null || spec.storage.efs.fileSystemId != null) {
      problems.add(
          new Problem(
              FIELD,
              "needs storage.efs without fileSystemId: in a file system of others there is more than"
                  + " this database's data"));
    }
    if (restore.recoveryPointArn == null
        || !restore.recoveryPointArn.matches(Syntax.RECOVERY_POINT_ARN)) {
      problems.add(
          new Problem(
              FIELD + ".recoveryPointArn",
              "is required: the ARN of a recovery point, arn:aws:backup:...:recovery-point:..., as"
                  + " status.backup lists them"));
    }
    if (restore.directory != null && !restore.directory.matches(Syntax.DIRECTORY)) {
      problems.add(
          new Problem(
              FIELD + ".directory",
              "is no absolute path of names without a dot at their beginning, such as /fargate/db"));
    }
    return problems;
  }
}
