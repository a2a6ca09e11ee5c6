package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.BackupVault;

/** Another name is another vault. A backup that was asked for is met once. */
final class BackupVaultDiffer implements Differ<BackupVault> {
  @Override
  public Class<BackupVault> type() {
    return BackupVault.class;
  }

  @Override
  public void compare(BackupVault actual, BackupVault wanted, Changes changes) {
    changes.field("name", actual.name(), wanted.name(), Effect.REPLACE);
    if (wanted.request() != null) {
      changes.field(
          "request",
          actual.request() == null ? null : actual.request().token(),
          wanted.request().token(),
          Effect.IN_PLACE);
    }
  }
}
