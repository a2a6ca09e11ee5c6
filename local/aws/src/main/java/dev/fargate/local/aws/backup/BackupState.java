package dev.fargate.local.aws.backup;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** All that AWS Backup holds. */
final class BackupState {
  private static final Pattern ARN = Pattern.compile("arn:[^:]+:[^:]+:[^:]*:\\d{12}:.+");

  final Map<String, Vault> vaults = new LinkedHashMap<>();
  final Map<String, Plan> plans = new LinkedHashMap<>();
  final Map<String, BackupJob> backupJobs = new LinkedHashMap<>();
  final Map<String, RestoreJob> restoreJobs = new LinkedHashMap<>();
  private long count;

  /** The same in every run, and never twice. */
  String nextId() {
    count++;
    return UUID.nameUUIDFromBytes(("backup " + count).getBytes(StandardCharsets.UTF_8)).toString();
  }

  Vault vault(String name) {
    return Optional.ofNullable(vaults.get(name))
        .orElseThrow(() -> BackupErrors.notFound("Backup Vault with name " + name + " not found."));
  }

  Plan plan(String id) {
    return Optional.ofNullable(plans.get(id))
        .orElseThrow(
            () -> BackupErrors.notFound("Cannot find Backup plan with ID " + id + " (not found)."));
  }

  /**
   * A recovery point by its ARN, which names no vault.
   *
   * @throws dev.fargate.local.aws.wire.AwsException when it is no ARN (its words are UNVERIFIED),
   *     or nothing here has it, such as another account's
   */
  RecoveryPoint point(String arn) {
    if (!ARN.matcher(arn).matches()) {
      throw BackupErrors.bad("Invalid recovery point ARN: " + arn);
    }
    return vaults.values().stream()
        .flatMap(vault -> Optional.ofNullable(vault.points.get(arn)).stream())
        .findFirst()
        .orElseThrow(() -> noPoint(arn));
  }

  static RuntimeException noPoint(String arn) {
    return BackupErrors.notFound("Cannot find recovery point: " + arn);
  }

  /**
   * The tags of what an ARN names.
   *
   * @throws dev.fargate.local.aws.wire.AwsException when nothing that has tags is named
   */
  Map<String, String> tags(String arn) {
    for (Vault vault : vaults.values()) {
      if (vault.arn.equals(arn)) {
        return vault.tags;
      } else if (vault.points.containsKey(arn)) {
        return vault.points.get(arn).tags;
      }
    }
    return plans.values().stream()
        .filter(plan -> plan.arn.equals(arn))
        .map(plan -> plan.tags)
        .findFirst()
        .orElseThrow(() -> BackupErrors.notFound("Resource not found: " + arn));
  }
}
