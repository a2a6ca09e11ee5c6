package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.database.Backup;
import dev.fargate.api.v1alpha1.database.BackupStatus;
import dev.fargate.api.v1alpha1.database.FargateDatabaseStatus;
import dev.fargate.api.v1alpha1.database.RecoveryPointStatus;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.stack.BackupPlan;
import dev.fargate.operator.stack.BackupVault;
import dev.fargate.operator.stack.CronSchedule;
import dev.fargate.operator.stack.build.DatabaseBackup;
import dev.fargate.operator.stack.build.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What AWS Backup has of a database, as status and as condition. Pure. */
final class BackupHealth {
  /** Keeps the status small; the vault has them all. */
  private static final int SHOWN = 10;

  private static final int MESSAGE_LIMIT = 400;

  /** A backup that has begun and been done as late as its windows let it. */
  private static final Duration GRACE =
      Duration.ofMinutes(DatabaseBackup.WINDOWS.start() + DatabaseBackup.WINDOWS.completion());

  private final Look look;
  private final FargateDatabaseStatus before;
  private final Instant now;

  BackupHealth(Look look, FargateDatabaseStatus before, Instant now) {
    this.look = look;
    this.before = before;
    this.now = now;
  }

  /**
   * Fills in what is there, and whether all is well with it.
   *
   * @param backup as the spec has it; null: what is there is shown, and not judged
   */
  void tell(Backup backup, FargateDatabaseStatus status, Conditions conditions) {
    List<BackupVault.Point> good = good();
    BackupPlan plan = ours(BackupPlan.class).findFirst().orElse(null);
    status.lastBackupTime = good.isEmpty() ? null : good.get(0).created();
    status.backup = shown(good, plan, backup);
    if (backup == null) {
      return;
    }
    if (status.backup == null || status.backup.since == null || !look.has(Ids.BACKUP_SELECTION)) {
      conditions.isUnknown(
          ConditionType.BACKUP_HEALTHY, Reason.CREATING, "The backup is being set up.");
    } else {
      judge(backup, good, Instant.parse(status.backup.since), conditions);
    }
  }

  private void judge(
      Backup backup, List<BackupVault.Point> good, Instant since, Conditions conditions) {
    String last = good.isEmpty() ? null : good.get(0).created();
    Optional<BackupVault.Job> failed = failedSince(last);
    Instant from =
        last == null || Instant.parse(last).isBefore(since) ? since : Instant.parse(last);
    Instant due =
        CronSchedule.parse(backup.schedule).next(from, ZoneId.of(zone(backup))).orElse(null);
    String newest =
        last == null ? "There is no good backup yet" : "The newest good backup is of " + last;
    if (failed.isPresent()) {
      conditions.isFalse(
          ConditionType.BACKUP_HEALTHY,
          Reason.BACKUP_FAILED,
          "The backup of " + failed.get().created() + " " + how(failed.get()) + " " + newest + ".");
    } else if (due != null && now.isAfter(due.plus(GRACE))) {
      conditions.isFalse(
          ConditionType.BACKUP_HEALTHY,
          Reason.BACKUP_OVERDUE,
          newest + "; the one due at " + due + " has not come.");
    } else {
      conditions.isTrue(
          ConditionType.BACKUP_HEALTHY,
          last == null ? Reason.BACKUP_SCHEDULED : Reason.BACKED_UP,
          newest + (due == null ? "." : "; the next is due at " + due + "."));
    }
  }

  private static String zone(Backup backup) {
    return backup.timeZone == null ? FieldDefaults.BACKUP_TIME_ZONE : backup.timeZone;
  }

  /** The newest attempt that has ended, if it has failed and nothing good is newer. */
  private Optional<BackupVault.Job> failedSince(String last) {
    return states()
        .flatMap(state -> state.jobs().stream())
        .filter(job -> !job.isOpen())
        .max(Comparator.comparing(BackupVault.Job::created))
        .filter(job -> !job.isGood())
        .filter(job -> last == null || job.created().compareTo(last) > 0);
  }

  private static String how(BackupVault.Job job) {
    String words = job.message() == null ? "" : ": " + OneLine.of(job.message());
    String said =
        words.length() <= MESSAGE_LIMIT ? words : words.substring(0, MESSAGE_LIMIT) + "...";
    return "is " + job.state() + said + (said.endsWith(".") ? "" : ".");
  }

  /** Newest first. */
  private List<BackupVault.Point> good() {
    return states()
        .flatMap(state -> state.points().stream())
        .filter(BackupVault.Point::isGood)
        .sorted(Comparator.comparing(BackupVault.Point::created).reversed())
        .toList();
  }

  private Stream<BackupVault.State> states() {
    return ours(BackupVault.class).map(BackupVault::state).filter(state -> state != null);
  }

  private <R> Stream<R> ours(Class<R> type) {
    return look.observed().resources().stream()
        .filter(resource -> resource.ownership() == Ownership.OURS)
        .map(ObservedResource::actual)
        .filter(type::isInstance)
        .map(type::cast);
  }

  /** Null without a vault. */
  private BackupStatus shown(List<BackupVault.Point> good, BackupPlan plan, Backup backup) {
    BackupVault vault = vault(plan).orElse(null);
    if (vault == null) {
      return null;
    }
    BackupStatus status = new BackupStatus();
    status.vaultName = vault.name();
    status.count = good.size();
    status.recoveryPoints = good.stream().limit(SHOWN).map(BackupHealth::point).toList();
    if (plan != null && backup != null) {
      status.schedule = backup.schedule + " " + zone(backup);
      status.since = since(status.schedule, plan.since());
    }
    return status;
  }

  /** The one that the plan fills; after a new name the old one is there as well. */
  private Optional<BackupVault> vault(BackupPlan plan) {
    String filled =
        plan == null || plan.rules().isEmpty() ? "" : plan.rules().get(0).vaultName().toString();
    return ours(BackupVault.class)
        .min(
            Comparator.comparing((BackupVault vault) -> !vault.name().equals(filled))
                .thenComparing(BackupVault::name));
  }

  /** AWS does not say when a plan was changed; a status without memory falls back to its making. */
  private String since(String schedule, String made) {
    if (before.backup == null || before.backup.schedule == null) {
      return made == null ? SameStatus.time(now) : made;
    }
    return before.backup.schedule.equals(schedule) ? before.backup.since : SameStatus.time(now);
  }

  private static RecoveryPointStatus point(BackupVault.Point point) {
    RecoveryPointStatus status = new RecoveryPointStatus();
    status.arn = point.arn();
    status.time = point.created();
    status.expires = point.expires();
    status.sizeBytes = point.bytes();
    return status;
  }
}
