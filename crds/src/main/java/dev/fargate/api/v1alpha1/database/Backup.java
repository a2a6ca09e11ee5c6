package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** When the data is copied, how long the copies are kept, and as whom AWS Backup works. */
@ApiObject
public class Backup {

  @Doc(
      value =
          "When to back up: minute, hour, day of month, month, day of week, as in a Kubernetes"
              + " CronJob. At most once an hour, so the minute is one number; day of month or day of"
              + " week is *.",
      example = "0 3 * * *",
      aws = "BackupRule.ScheduleExpression",
      edit = Edit.IN_PLACE)
  @Required
  @Size(min = 9, max = 100)
  @Pattern("^[0-9]{1,2} [0-9*,/-]+ [0-9*,/-]+ [A-Za-z0-9*,/-]+ [A-Za-z0-9*,/-]+$")
  public String schedule;

  @Doc(
      value = "The time zone of schedule, by its name in the IANA database.",
      absent = FieldDefaults.BACKUP_TIME_ZONE,
      example = "Europe/Berlin",
      aws = "BackupRule.ScheduleExpressionTimezone",
      edit = Edit.IN_PLACE)
  @Size(min = 1, max = 64)
  @Pattern("^[A-Za-z0-9_+/-]+$")
  public String timeZone;

  @Doc(
      value =
          "Days after which AWS Backup deletes a recovery point. Editing it is for recovery points"
              + " to come; those that are there keep theirs.",
      absent = "" + FieldDefaults.BACKUP_RETENTION_DAYS,
      aws = "BackupRule.Lifecycle.DeleteAfterDays",
      edit = Edit.IN_PLACE)
  @Min(1)
  @Max(36500)
  public Integer retentionDays;

  @Doc(
      value =
          "The name of the vault that the operator makes for this database. One of others is never"
              + " used. Another name is another vault: the one before stays with what it holds.",
      absent = "made of namespace and name",
      example = "phoenix-db",
      aws = "BackupVault.BackupVaultName",
      edit = Edit.REPLACEMENT)
  @Size(min = 2, max = 50)
  @Pattern("^[a-zA-Z0-9_-]+$")
  public String vaultName;

  @Doc(
      value = "The role that AWS Backup acts as to copy the file system and to bring it back.",
      absent = "the environment's defaults.backupRoleArn; without either the database stops",
      example = "arn:aws:iam::123456789012:role/backup",
      aws = "BackupSelection.IamRoleArn",
      edit = Edit.IN_PLACE)
  @Size(max = 2048)
  @Pattern(Syntax.ROLE_ARN)
  public String roleArn;
}
