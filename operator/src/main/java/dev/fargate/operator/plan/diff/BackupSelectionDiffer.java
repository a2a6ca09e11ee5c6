package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.BackupSelection;

/** Everything is create-only. */
final class BackupSelectionDiffer implements Differ<BackupSelection> {
  @Override
  public Class<BackupSelection> type() {
    return BackupSelection.class;
  }

  @Override
  public void compare(BackupSelection actual, BackupSelection wanted, Changes changes) {
    changes
        .field("name", actual.name(), wanted.name(), Effect.REPLACE)
        .field("planId", actual.planId(), wanted.planId(), Effect.REPLACE)
        .field("roleArn", actual.roleArn(), wanted.roleArn(), Effect.REPLACE)
        .field("resourceArn", actual.resourceArn(), wanted.resourceArn(), Effect.REPLACE);
  }
}
