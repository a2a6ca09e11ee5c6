package dev.fargate.local.aws.backup;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A place for recovery points. */
final class Vault {
  final String name;
  final String arn;
  final String creatorRequestId;
  final String encryptionKeyArn;
  final Instant createdAt;
  final Map<String, String> tags = new TreeMap<>();
  final Map<String, RecoveryPoint> points = new LinkedHashMap<>();

  Vault(
      String name,
      String arn,
      String creatorRequestId,
      String encryptionKeyArn,
      Instant createdAt) {
    this.name = name;
    this.arn = arn;
    this.creatorRequestId = creatorRequestId;
    this.encryptionKeyArn = encryptionKeyArn;
    this.createdAt = createdAt;
  }
}
