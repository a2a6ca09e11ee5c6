package dev.fargate.operator.aws.backup;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.BackupVault;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.build.DatabaseBackup;
import dev.fargate.operator.stack.build.DatabaseStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.AlreadyExistsException;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;
import software.amazon.awssdk.services.backup.model.RecoveryPointStatus;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;

/** Vaults, the backups that are asked for, and the end of a vault with all that it holds. */
public final class BackupVaultRunner implements Runner {
  private static final int PAGE = 1000;

  /** AWS takes no longer token. */
  private static final int TOKEN_DIGITS = 40;

  private final BackupClient backup;

  public BackupVaultRunner(BackupClient backup) {
    this.backup = backup;
  }

  @Override
  public Kind kind() {
    return Kind.BACKUP_VAULT;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    String name = ((BackupVault) desired).name();
    try {
      var made =
          backup.createBackupVault(
              request ->
                  request.backupVaultName(name).creatorRequestId(name).backupVaultTags(tags));
      return outputs(made.backupVaultArn(), name);
    } catch (AlreadyExistsException exists) {
      String arn = exists.arn();
      if (arn == null || !owns(owner, arn)) {
        throw exists;
      }
      return outputs(arn, name);
    }
  }

  private boolean owns(Owner owner, String arn) {
    return Ownership.owns(owner, backup.listTags(request -> request.resourceArn(arn)).tags());
  }

  private static Map<Output, String> outputs(String arn, String name) {
    return Map.of(Output.ARN, arn, Output.NAME, name);
  }

  /**
   * The backup is begun before the vault's tag says so: between the two the same token begins
   * nothing again (AWS Backup keeps it).
   */
  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    String arn = action.observed().outputs().get(Output.ARN);
    BackupVault vault = (BackupVault) desired;
    if (action.touches("request")) {
      BackupVault.Request asked = vault.request();
      backup.startBackupJob(
          request ->
              request
                  .backupVaultName(vault.name())
                  .resourceArn(asked.fileSystemArn().toString())
                  .iamRoleArn(asked.roleArn())
                  .idempotencyToken(token(owner, asked.token()))
                  .startWindowMinutes((long) DatabaseBackup.WINDOWS.start())
                  .completeWindowMinutes((long) DatabaseBackup.WINDOWS.completion())
                  .lifecycle(lifecycle -> lifecycle.deleteAfterDays((long) asked.retentionDays()))
                  .recoveryPointTags(
                      DatabaseBackup.pointTags(owner, DatabaseStorage.directory(owner))));
      backup.tagResource(
          request -> request.resourceArn(arn).tags(Map.of(Ownership.BACKUP_ASKED, asked.token())));
    }
    BackupTags.write(backup, arn, TagChanges.of(action));
    return action.observed().outputs();
  }

  private static String token(Owner owner, String asked) {
    return Names.sha256(owner.ownerId() + "\n" + owner.reference() + "\n" + asked)
        .substring(0, TOKEN_DIGITS);
  }

  /** First all recovery points, which takes AWS a while; a later look takes the vault itself. */
  @Override
  public void delete(Owner owner, ObservedResource observed) {
    String name = ((BackupVault) observed.actual()).name();
    try {
      List<RecoveryPointByBackupVault> points = new ArrayList<>();
      backup
          .listRecoveryPointsByBackupVaultPaginator(
              request -> request.backupVaultName(name).maxResults(PAGE))
          .recoveryPoints()
          .stream()
          .distinct()
          .forEach(points::add);
      points.stream()
          .filter(point -> point.status() != RecoveryPointStatus.DELETING)
          .forEach(point -> delete(name, point.recoveryPointArn()));
      if (points.isEmpty()) {
        backup.deleteBackupVault(request -> request.backupVaultName(name));
      }
    } catch (ResourceNotFoundException gone) {
      // What was to be reached.
    }
  }

  private void delete(String vault, String point) {
    try {
      backup.deleteRecoveryPoint(request -> request.backupVaultName(vault).recoveryPointArn(point));
    } catch (ResourceNotFoundException gone) {
      // What was to be reached.
    }
  }
}
