package dev.fargate.operator.aws.backup;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.BackupPlan;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.BackupPlanInput;
import software.amazon.awssdk.services.backup.model.BackupRuleInput;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;

/** Plans; the same request again finds the plan that it has made (AWS-FACTS 9). */
public final class BackupPlanRunner implements Runner {
  private final BackupClient backup;

  public BackupPlanRunner(BackupClient backup) {
    this.backup = backup;
  }

  @Override
  public Kind kind() {
    return Kind.BACKUP_PLAN;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    BackupPlan wanted = (BackupPlan) desired;
    var made =
        backup.createBackupPlan(
            request ->
                request
                    .creatorRequestId(wanted.name())
                    .backupPlanTags(tags)
                    .backupPlan(input(wanted)));
    return Map.of(Output.ID, made.backupPlanId(), Output.ARN, made.backupPlanArn());
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    TagChanges changes = TagChanges.of(action);
    Map<Output, String> outputs = action.observed().outputs();
    if (action.changes().size() > changes.set().size() + changes.removed().size()) {
      backup.updateBackupPlan(
          request ->
              request.backupPlanId(outputs.get(Output.ID)).backupPlan(input((BackupPlan) desired)));
    }
    BackupTags.write(backup, outputs.get(Output.ARN), changes);
    return outputs;
  }

  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      backup.deleteBackupPlan(request -> request.backupPlanId(observed.outputs().get(Output.ID)));
    } catch (ResourceNotFoundException gone) {
      // What was to be reached.
    }
  }

  private static BackupPlanInput input(BackupPlan plan) {
    return BackupPlanInput.builder()
        .backupPlanName(plan.name())
        .rules(plan.rules().stream().map(BackupPlanRunner::input).toList())
        .build();
  }

  private static BackupRuleInput input(BackupPlan.Rule rule) {
    return BackupRuleInput.builder()
        .ruleName(rule.name())
        .targetBackupVaultName(rule.vaultName().toString())
        .scheduleExpression(rule.schedule())
        .scheduleExpressionTimezone(rule.timeZone())
        .startWindowMinutes((long) rule.windows().start())
        .completionWindowMinutes((long) rule.windows().completion())
        .lifecycle(lifecycle -> lifecycle.deleteAfterDays((long) rule.retentionDays()))
        .recoveryPointTags(rule.tags())
        .build();
  }
}
