package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A copy of a file system as it was at one moment. */
final class RecoveryPoint {
  final String id;
  final String arn;
  final Vault vault;
  final BackupJob job;
  final Instant completedAt;
  final long bytes;
  final Map<String, String> tags = new TreeMap<>();
  String status = "COMPLETED";

  RecoveryPoint(String id, String arn, BackupJob job, Instant completedAt, long bytes) {
    this.id = id;
    this.arn = arn;
    this.vault = job.vault;
    this.job = job;
    this.completedAt = completedAt;
    this.bytes = bytes;
  }

  /** When its lifecycle ends it; empty for never. */
  Optional<Instant> deleteAt() {
    return job.deleteAfterDays.map(days -> job.createdAt.plus(Duration.ofDays(days)));
  }

  /** What a list of one resource's points tells of it. */
  Struct describedByResource() {
    return Struct.of()
        .with("RecoveryPointArn", arn)
        .with("CreationDate", job.createdAt)
        .with("Status", status)
        .with("EncryptionKeyArn", vault.encryptionKeyArn)
        .with("BackupSizeBytes", bytes)
        .with("BackupVaultName", vault.name)
        .with("IsParent", false);
  }

  Struct described() {
    return Struct.of()
        .with("RecoveryPointArn", arn)
        .with("BackupVaultName", vault.name)
        .with("BackupVaultArn", vault.arn)
        .with("ResourceArn", job.resourceArn)
        .with("ResourceType", "EFS")
        .with("CreatedBy", job.createdBy)
        .with("IamRoleArn", job.roleArn)
        .with("Status", status)
        .with("CreationDate", job.createdAt)
        .with("CompletionDate", completedAt)
        .with("BackupSizeInBytes", bytes)
        .with("EncryptionKeyArn", vault.encryptionKeyArn)
        .with("IsEncrypted", true)
        .with("IsParent", false)
        .with(
            "Lifecycle",
            job.deleteAfterDays
                .map(days -> Struct.of().with("DeleteAfterDays", (long) days))
                .orElse(null))
        .with(
            "CalculatedLifecycle",
            deleteAt().map(at -> Struct.of().with("DeleteAt", at)).orElse(null));
  }
}
