package dev.fargate.operator.stack.build;

import static dev.fargate.operator.stack.build.Absent.or;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.database.Backup;
import dev.fargate.api.v1alpha1.environment.Defaults;
import dev.fargate.operator.stack.BackupPlan;
import dev.fargate.operator.stack.BackupSelection;
import dev.fargate.operator.stack.BackupVault;
import dev.fargate.operator.stack.CronSchedule;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Value;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A database's backup: a vault, a plan by the schedule, and the file system as its selection. */
public final class DatabaseBackup {
  /**
   * A job begins within an hour of its time, the shortest that AWS takes, and is given six more:
   * AWS Backup copies some tens of gigabytes of EFS in that time.
   */
  public static final BackupPlan.Windows WINDOWS = new BackupPlan.Windows(60, 420);

  /** What AWS takes as a tag's value without change; longer or other annotations are hashed. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9 _.:/=+@-]{1,128}");

  private static final String RULE = "schedule";

  private DatabaseBackup() {}

  /**
   * @param directory where in its file system the data lies
   */
  static List<Resource> build(
      Owner owner, FargateDatabase database, Defaults defaults, String directory) {
    Backup backup = database.getSpec().backup;
    String role = role(backup, defaults);
    int days = or(backup.retentionDays, FieldDefaults.BACKUP_RETENTION_DAYS);
    Value fileSystem = Value.ref(Ids.FILE_SYSTEM, Output.ARN);
    SortedMap<String, String> tags = pointTags(owner, directory);
    BackupPlan.Rule rule =
        new BackupPlan.Rule(
            RULE,
            Value.ref(Ids.BACKUP_VAULT, Output.NAME),
            CronSchedule.parse(backup.schedule).toAws(),
            or(backup.timeZone, FieldDefaults.BACKUP_TIME_ZONE),
            days,
            WINDOWS,
            tags);
    String token = token(Annotations.valueOf(database, Annotations.BACKUP));
    return List.of(
        new BackupVault(
            Ids.BACKUP_VAULT,
            or(backup.vaultName, Names.compact(owner, Ids.BACKUP_VAULT)),
            token == null ? null : new BackupVault.Request(token, fileSystem, role, days),
            null),
        new BackupPlan(Ids.BACKUP_PLAN, Names.compact(owner, Ids.BACKUP_PLAN), List.of(rule), null),
        new BackupSelection(
            Ids.BACKUP_SELECTION,
            selectionName(owner, role),
            Value.ref(Ids.BACKUP_PLAN, Output.ID),
            role,
            fileSystem));
  }

  /** The role of the spec, else of the environment; null without either. */
  public static String role(Backup backup, Defaults defaults) {
    return backup.roleArn != null
        ? backup.roleArn
        : defaults == null ? null : defaults.backupRoleArn;
  }

  /** AWS changes no selection, so another role is another name. */
  public static String selectionName(Owner owner, String roleArn) {
    return Names.compact(owner, Ids.BACKUP_SELECTION, roleArn);
  }

  /** The tags of a recovery point: whose it is, and where in the file system the data lies. */
  public static SortedMap<String, String> pointTags(Owner owner, String directory) {
    SortedMap<String, String> tags = new TreeMap<>();
    tags.put(Ownership.OWNER_ID, owner.ownerId());
    tags.put(Ownership.RESOURCE_OF, owner.reference());
    tags.put(Ownership.DIRECTORY, directory);
    return tags;
  }

  /** Null when nobody has asked. */
  private static String token(String annotation) {
    if (annotation == null || annotation.isBlank()) {
      return null;
    }
    return TOKEN.matcher(annotation).matches() ? annotation : Names.sha256(annotation);
  }
}
