package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a vault holds. */
final class RecoveryPointCalls {
  private final BackupState state;
  private final BackupRuns runs;

  RecoveryPointCalls(BackupState state, BackupRuns runs) {
    this.state = state;
    this.runs = runs;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "ListRecoveryPointsByBackupVault", (input, caller) -> list(input),
        "ListRecoveryPointsByResource", (input, caller) -> ofResource(input),
        "DescribeRecoveryPoint", (input, caller) -> point(input).described(),
        "GetRecoveryPointRestoreMetadata", (input, caller) -> metadata(point(input)),
        "DeleteRecoveryPoint", (input, caller) -> delete(input));
  }

  private Struct list(Struct input) {
    List<RecoveryPoint> all =
        state.vault(input.required("BackupVaultName")).points.values().stream()
            .filter(point -> BackupJobCalls.same(input, "ByResourceArn", point.job.resourceArn))
            .filter(
                point ->
                    BackupJobCalls.within(
                        input, "ByCreatedAfter", "ByCreatedBefore", point.job.createdAt))
            .toList();
    List<RecoveryPoint> page = VaultCalls.PAGES.slice(input, all, point -> point.arn);
    Struct answer =
        Struct.of().with("RecoveryPoints", page.stream().map(RecoveryPoint::described).toList());
    VaultCalls.PAGES.nextToken(all, page, point -> point.arn, answer);
    return answer;
  }

  /** Of all vaults. */
  private Struct ofResource(Struct input) {
    String resource = input.required("ResourceArn");
    List<RecoveryPoint> all =
        state.vaults.values().stream()
            .flatMap(vault -> vault.points.values().stream())
            .filter(point -> resource.equals(point.job.resourceArn))
            .toList();
    List<RecoveryPoint> page = VaultCalls.PAGES.slice(input, all, point -> point.arn);
    Struct answer =
        Struct.of()
            .with("RecoveryPoints", page.stream().map(RecoveryPoint::describedByResource).toList());
    VaultCalls.PAGES.nextToken(all, page, point -> point.arn, answer);
    return answer;
  }

  private RecoveryPoint point(Struct input) {
    String arn = input.required("RecoveryPointArn");
    return Optional.ofNullable(state.vault(input.required("BackupVaultName")).points.get(arn))
        .orElseThrow(() -> BackupState.noPoint(arn));
  }

  /** What the file system was; a restore needs more than that. */
  private static Struct metadata(RecoveryPoint point) {
    String resource = point.job.resourceArn;
    return Struct.of()
        .with("BackupVaultArn", point.vault.arn)
        .with("RecoveryPointArn", point.arn)
        .with("ResourceType", "EFS")
        .with(
            "RestoreMetadata",
            Map.of("file-system-id", resource.substring(resource.lastIndexOf('/') + 1)));
  }

  private Struct delete(Struct input) {
    RecoveryPoint point = point(input);
    boolean restored =
        state.restoreJobs.values().stream().anyMatch(job -> job.point == point && job.open());
    if (restored) {
      throw BackupErrors.wrongState("The recovery point is being restored.");
    }
    runs.delete(point);
    return Struct.of();
  }
}
