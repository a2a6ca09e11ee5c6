package dev.fargate.operator.aws.backup;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.BackupSelection;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resource;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;

/** Selections; the same request again finds the one that it has made. */
public final class BackupSelectionRunner implements Runner {
  private final BackupClient backup;

  public BackupSelectionRunner(BackupClient backup) {
    this.backup = backup;
  }

  @Override
  public Kind kind() {
    return Kind.BACKUP_SELECTION;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    BackupSelection wanted = (BackupSelection) desired;
    var made =
        backup.createBackupSelection(
            request ->
                request
                    .backupPlanId(wanted.planId().toString())
                    .creatorRequestId(wanted.name())
                    .backupSelection(
                        selection ->
                            selection
                                .selectionName(wanted.name())
                                .iamRoleArn(wanted.roleArn())
                                .resources(wanted.resourceArn().toString())));
    return Map.of(Output.ID, made.selectionId());
  }

  /** There is nothing to change. */
  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    return action.observed().outputs();
  }

  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      backup.deleteBackupSelection(
          request ->
              request
                  .backupPlanId(((BackupSelection) observed.actual()).planId().toString())
                  .selectionId(observed.outputs().get(Output.ID)));
    } catch (ResourceNotFoundException gone) {
      // What was to be reached.
    }
  }
}
