package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One attempt to make a recovery point. */
final class BackupJob {
  final String id;
  final Vault vault;
  final String resourceArn;
  final String roleArn;
  final Instant createdAt;
  final Optional<Integer> deleteAfterDays;
  final Map<String, String> pointTags = new TreeMap<>();

  /** Null for one that somebody asked for. */
  final Struct createdBy;

  /** Null without one. */
  String idempotencyToken;

  String state = "CREATED";
  String message;
  Instant completedAt;
  RecoveryPoint point;

  BackupJob(
      String id,
      Vault vault,
      String resourceArn,
      String roleArn,
      Instant createdAt,
      Optional<Integer> deleteAfterDays,
      Struct createdBy) {
    this.id = id;
    this.vault = vault;
    this.resourceArn = resourceArn;
    this.roleArn = roleArn;
    this.createdAt = createdAt;
    this.deleteAfterDays = deleteAfterDays;
    this.createdBy = createdBy;
  }

  boolean isOpen() {
    return state.equals("CREATED") || state.equals("RUNNING");
  }

  void fail(String why, Instant now) {
    state = "FAILED";
    message = why;
    completedAt = now;
  }

  Struct described(String accountId) {
    return Struct.of()
        .with("AccountId", accountId)
        .with("BackupJobId", id)
        .with("BackupVaultName", vault.name)
        .with("BackupVaultArn", vault.arn)
        .with("RecoveryPointArn", point == null ? null : point.arn)
        .with("ResourceArn", resourceArn)
        .with("ResourceType", "EFS")
        .with("CreationDate", createdAt)
        .with("CompletionDate", completedAt)
        .with("State", state)
        .with("StatusMessage", message)
        .with("PercentDone", state.equals("COMPLETED") ? "100.0" : "0.0")
        .with("BackupSizeInBytes", point == null ? null : point.bytes)
        .with("IamRoleArn", roleArn)
        .with("CreatedBy", createdBy)
        .with("IsParent", false);
  }
}
