package dev.fargate.local.aws.backup;

import dev.fargate.local.aws.backup.Plan.Selection;
import dev.fargate.local.aws.efs.FileSystems;
import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.Optional;

/** Runs backups: by the schedules of plans and those asked for, and ends what has had its time. */
final class BackupRuns {
  private final BackupState state;
  private final Scheduler scheduler;
  private final Timing timing;
  private final FileSystems fileSystems;
  private final Archive archive;

  /** Why the next backups fail; null when they do not. */
  private String failure;

  BackupRuns(
      BackupState state,
      Scheduler scheduler,
      Timing timing,
      FileSystems fileSystems,
      Archive archive) {
    this.state = state;
    this.scheduler = scheduler;
    this.timing = timing;
    this.fileSystems = fileSystems;
    this.archive = archive;
  }

  /**
   * @param why null: no more
   */
  void fail(String why) {
    failure = why;
  }

  /** Runs the plan by its schedules from now on, and no more by earlier ones. */
  void follow(Plan plan) {
    forget(plan);
    for (Struct rule : plan.document.structs("Rules")) {
      schedule(plan, rule);
    }
  }

  void forget(Plan plan) {
    plan.runs.forEach(Scheduler.Scheduled::cancel);
    plan.runs.clear();
  }

  private void schedule(Plan plan, Struct rule) {
    rule.string("ScheduleExpression")
        .flatMap(
            expression ->
                AwsCron.parse(expression, rule.required("ScheduleExpressionTimezone"))
                    .next(scheduler.now()))
        .ifPresent(
            at ->
                plan.runs.add(
                    scheduler.after(
                        Duration.between(scheduler.now(), at),
                        "run rule " + rule.required("RuleName") + " of plan " + plan.name(),
                        () -> run(plan, rule))));
  }

  private void run(Plan plan, Struct rule) {
    schedule(plan, rule);
    Vault vault = state.vaults.get(rule.required("TargetBackupVaultName"));
    if (vault == null) {
      return;
    }
    plan.lastExecution = scheduler.now();
    Struct by =
        Struct.of()
            .with("BackupPlanId", plan.id)
            .with("BackupPlanArn", plan.arn)
            .with("BackupPlanVersion", plan.versionId)
            .with("BackupRuleId", rule.required("RuleId"));
    for (Selection selection : plan.selections.values()) {
      for (String resource : selection.document.strings("Resources")) {
        BackupJob job =
            new BackupJob(
                state.nextId(),
                vault,
                resource,
                selection.document.required("IamRoleArn"),
                scheduler.now(),
                days(rule),
                by);
        TagCalls.put(job.pointTags, rule.map("RecoveryPointTags"));
        begin(job);
      }
    }
  }

  /** The days that a lifecycle keeps a recovery point; empty for ever. */
  static Optional<Integer> days(Struct holder) {
    return holder.struct("Lifecycle").flatMap(lifecycle -> lifecycle.integer("DeleteAfterDays"));
  }

  void begin(BackupJob job) {
    state.backupJobs.put(job.id, job);
    scheduler.after(
        timing.start(),
        "start backup job " + job.id,
        () -> {
          job.state = "RUNNING";
          scheduler.after(timing.backup(), "finish backup job " + job.id, () -> finish(job));
        });
  }

  private void finish(BackupJob job) {
    String fileSystem = job.resourceArn.substring(job.resourceArn.lastIndexOf('/') + 1);
    if (failure != null) {
      job.fail(failure, scheduler.now());
    } else if (!fileSystems.exists(fileSystem)) {
      job.fail("Resource " + job.resourceArn + " was not found.", scheduler.now());
    } else if (state.vaults.get(job.vault.name) != job.vault) {
      job.fail("Backup vault " + job.vault.name + " does not exist.", scheduler.now());
    } else {
      complete(job, fileSystem);
    }
  }

  private void complete(BackupJob job, String fileSystem) {
    String id = state.nextId();
    long bytes = archive.store(id, fileSystems.folder(fileSystem));
    String place = job.vault.arn.substring(0, job.vault.arn.indexOf(":backup-vault:"));
    RecoveryPoint point =
        new RecoveryPoint(id, place + ":recovery-point:" + id, job, scheduler.now(), bytes);
    point.tags.putAll(job.pointTags);
    job.vault.points.put(point.arn, point);
    job.point = point;
    job.state = "COMPLETED";
    job.completedAt = scheduler.now();
    point
        .deleteAt()
        .ifPresent(
            at ->
                scheduler.after(
                    Duration.between(scheduler.now(), at),
                    "end of recovery point " + point.id,
                    () -> gone(point)));
  }

  /** Takes a recovery point away, some time after the call. */
  void delete(RecoveryPoint point) {
    if (!point.status.equals("DELETING")) {
      point.status = "DELETING";
      scheduler.after(timing.deletion(), "delete recovery point " + point.id, () -> gone(point));
    }
  }

  private void gone(RecoveryPoint point) {
    if (point.vault.points.remove(point.arn) != null) {
      archive.delete(point.id);
    }
  }
}
