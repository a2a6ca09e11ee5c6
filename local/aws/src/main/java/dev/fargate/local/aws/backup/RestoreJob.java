package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;

/** One attempt to bring a recovery point back. */
final class RestoreJob {
  final String id;
  final RecoveryPoint point;
  final String roleArn;
  final Instant createdAt;

  /** Null without one. */
  final String idempotencyToken;

  String status = "PENDING";
  String message;
  Instant completedAt;
  String createdResourceArn;

  RestoreJob(
      String id, RecoveryPoint point, String roleArn, Instant createdAt, String idempotencyToken) {
    this.id = id;
    this.point = point;
    this.roleArn = roleArn;
    this.createdAt = createdAt;
    this.idempotencyToken = idempotencyToken;
  }

  boolean open() {
    return status.equals("PENDING") || status.equals("RUNNING");
  }

  /**
   * @param how COMPLETED, FAILED or ABORTED
   * @param why null for the first
   */
  void end(String how, String why, Instant now) {
    status = how;
    message = why;
    completedAt = now;
  }

  Struct described(String accountId) {
    return Struct.of()
        .with("AccountId", accountId)
        .with("RestoreJobId", id)
        .with("RecoveryPointArn", point.arn)
        .with("CreationDate", createdAt)
        .with("CompletionDate", completedAt)
        .with("Status", status)
        .with("StatusMessage", message)
        .with("PercentDone", status.equals("COMPLETED") ? "100.0%" : "0.00%")
        .with("BackupSizeInBytes", point.bytes)
        .with("IamRoleArn", roleArn)
        .with("CreatedResourceArn", createdResourceArn)
        .with("ResourceType", "EFS")
        .with("RecoveryPointCreationDate", point.job.createdAt);
  }
}
