package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Backups that somebody asks for, and how all of them went. */
final class BackupJobCalls {
  private final BackupState state;
  private final Scheduler scheduler;
  private final BackupRuns runs;
  private final Predicate<String> roles;

  BackupJobCalls(BackupState state, Scheduler scheduler, BackupRuns runs, Predicate<String> roles) {
    this.state = state;
    this.scheduler = scheduler;
    this.runs = runs;
    this.roles = roles;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "StartBackupJob", (input, caller) -> start(input),
        "DescribeBackupJob", this::describe,
        "ListBackupJobs", this::list);
  }

  private Struct start(Struct input) {
    String token = input.string("IdempotencyToken").orElse(null);
    Vault vault = state.vault(input.required("BackupVaultName"));
    for (BackupJob there : state.backupJobs.values()) {
      if (token != null && token.equals(there.idempotencyToken)) {
        return started(there);
      }
    }
    String resource = input.required("ResourceArn");
    if (!resource.contains(":file-system/")) {
      throw BackupErrors.bad(
          "only EFS file systems are supported by the local endpoint, not " + resource);
    }
    if (!roles.test(input.required("IamRoleArn"))) {
      throw BackupErrors.role(input.required("IamRoleArn"));
    }
    BackupJob job =
        new BackupJob(
            state.nextId(),
            vault,
            resource,
            input.required("IamRoleArn"),
            scheduler.now(),
            BackupRuns.days(input),
            null);
    job.idempotencyToken = token;
    TagCalls.put(job.pointTags, input.map("RecoveryPointTags"));
    runs.begin(job);
    return started(job);
  }

  private static Struct started(BackupJob job) {
    return Struct.of()
        .with("BackupJobId", job.id)
        .with("CreationDate", job.createdAt)
        .with("IsParent", false);
  }

  private Struct describe(Struct input, Caller caller) {
    String id = input.required("BackupJobId");
    return Optional.ofNullable(state.backupJobs.get(id))
        .orElseThrow(() -> BackupErrors.notFound("Cannot find backup job " + id))
        .described(caller.accountId());
  }

  private Struct list(Struct input, Caller caller) {
    List<BackupJob> all =
        state.backupJobs.values().stream()
            .filter(job -> same(input, "ByResourceArn", job.resourceArn))
            .filter(job -> same(input, "ByBackupVaultName", job.vault.name))
            .filter(job -> same(input, "ByState", job.state))
            .filter(job -> within(input, "ByCreatedAfter", "ByCreatedBefore", job.createdAt))
            .toList();
    List<BackupJob> page = VaultCalls.PAGES.slice(input, all, job -> job.id);
    Struct answer =
        Struct.of()
            .with(
                "BackupJobs", page.stream().map(job -> job.described(caller.accountId())).toList());
    VaultCalls.PAGES.nextToken(all, page, job -> job.id, answer);
    return answer;
  }

  static boolean same(Struct input, String member, String value) {
    return input.string(member).map(value::equals).orElse(true);
  }

  static boolean within(Struct input, String after, String before, Instant time) {
    Instant from = (Instant) input.get(after);
    Instant to = (Instant) input.get(before);
    return (from == null || time.isAfter(from)) && (to == null || time.isBefore(to));
  }
}
