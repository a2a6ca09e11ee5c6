package dev.fargate.operator.plan.diff;

import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.BackupPlan;
import dev.fargate.operator.stack.BackupPlan.Rule;

/** AWS sets a plan's name and all its rules at once; by its id it stays the same plan. */
final class BackupPlanDiffer implements Differ<BackupPlan> {
  @Override
  public Class<BackupPlan> type() {
    return BackupPlan.class;
  }

  @Override
  public void compare(BackupPlan actual, BackupPlan wanted, Changes changes) {
    changes.field("name", actual.name(), wanted.name(), Effect.IN_PLACE);
    if (actual.rules().size() != 1 || wanted.rules().size() != 1) {
      changes.field("rules", actual.rules(), wanted.rules(), Effect.IN_PLACE);
      return;
    }
    Rule is = actual.rules().get(0);
    Rule becomes = wanted.rules().get(0);
    changes
        .field("rule", is.name(), becomes.name(), Effect.IN_PLACE)
        .field("vaultName", is.vaultName(), becomes.vaultName(), Effect.IN_PLACE)
        .field("schedule", is.schedule(), becomes.schedule(), Effect.IN_PLACE)
        .field("timeZone", is.timeZone(), becomes.timeZone(), Effect.IN_PLACE)
        .field("retentionDays", is.retentionDays(), becomes.retentionDays(), Effect.IN_PLACE)
        .field("windows", is.windows(), becomes.windows(), Effect.IN_PLACE)
        .map("recoveryPointTags", is.tags(), becomes.tags(), Effect.IN_PLACE);
  }
}
