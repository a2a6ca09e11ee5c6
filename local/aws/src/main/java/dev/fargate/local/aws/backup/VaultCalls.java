package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Paging;
import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;

/** Making, describing and deleting vaults. */
final class VaultCalls {
  /** The most that the model lets a page have. */
  static final int PAGE = 1000;

  static final Paging PAGES = new Paging("NextToken", "MaxResults", PAGE, PAGE, BackupErrors::bad);

  private final BackupState state;
  private final Scheduler scheduler;

  VaultCalls(BackupState state, Scheduler scheduler) {
    this.state = state;
    this.scheduler = scheduler;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "CreateBackupVault", this::create,
        "DescribeBackupVault", (input, caller) -> describe(input),
        "ListBackupVaults", (input, caller) -> list(input),
        "DeleteBackupVault", (input, caller) -> delete(input));
  }

  private Struct create(Struct input, Caller caller) {
    String name = input.required("BackupVaultName");
    String request = input.string("CreatorRequestId").orElse(null);
    Vault there = state.vaults.get(name);
    if (there != null) {
      throw BackupErrors.exists(
          "Backup vault with the same name already exists", there.arn, there.creatorRequestId);
    }
    String place = ":" + caller.region() + ":" + caller.accountId() + ":";
    Vault made =
        new Vault(
            name,
            "arn:aws:backup" + place + "backup-vault:" + name,
            request,
            input.string("EncryptionKeyArn").orElse("arn:aws:kms" + place + "key/aws-backup"),
            scheduler.now());
    TagCalls.put(made.tags, input.map("BackupVaultTags"));
    state.vaults.put(name, made);
    return Struct.of()
        .with("BackupVaultName", name)
        .with("BackupVaultArn", made.arn)
        .with("CreationDate", made.createdAt);
  }

  /** AWS tells nobody that there is no such vault: it denies the look. */
  private Struct describe(Struct input) {
    Vault vault = state.vaults.get(input.required("BackupVaultName"));
    if (vault == null) {
      throw new AwsException(
          "AccessDeniedException",
          "Insufficient privileges to perform this action.",
          403,
          Struct.of());
    }
    return described(vault);
  }

  private Struct list(Struct input) {
    List<Vault> all = List.copyOf(state.vaults.values());
    List<Vault> page = PAGES.slice(input, all, vault -> vault.name);
    Struct answer =
        Struct.of().with("BackupVaultList", page.stream().map(VaultCalls::described).toList());
    PAGES.nextToken(all, page, vault -> vault.name, answer);
    return answer;
  }

  private Struct delete(Struct input) {
    Vault vault = state.vault(input.required("BackupVaultName"));
    if (!vault.points.isEmpty()) {
      throw BackupErrors.refused(
          "Backup vault cannot be deleted because it contains recovery points.");
    }
    state.vaults.remove(vault.name);
    return Struct.of();
  }

  private static Struct described(Vault vault) {
    return Struct.of()
        .with("BackupVaultName", vault.name)
        .with("BackupVaultArn", vault.arn)
        .with("CreationDate", vault.createdAt)
        .with("EncryptionKeyArn", vault.encryptionKeyArn)
        .with("CreatorRequestId", vault.creatorRequestId)
        .with("NumberOfRecoveryPoints", (long) vault.points.size())
        .with("Locked", false);
  }
}
