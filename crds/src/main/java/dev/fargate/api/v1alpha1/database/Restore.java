package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A recovery point of AWS Backup that the database's data is to be. */
@ApiObject
public class Restore {

  @Doc(
      value =
          "The recovery point: one of this database's own file system, as status.backup lists them."
              + " Another one interrupts the database and brings that one back.",
      example =
          "arn:aws:backup:eu-central-1:123456789012:recovery-point:1eb3b5e7-9eb0-435a-a80b-108b488b0d45",
      aws = "StartRestoreJob.RecoveryPointArn",
      edit = Edit.IN_PLACE)
  @Required
  @Size(min = 1, max = 128)
  @Pattern(Syntax.RECOVERY_POINT_ARN)
  public String recoveryPointArn;

  @Doc(
      value =
          "The directory of the recovery point that holds the data, from the root of the file system:"
              + " another one than the database's own where that was moved aside before the backup.",
      absent = "the directory that the database has now",
      example = "/fargate/default-phoenix-db-1a2b3c4d5e.before-0f1e2d3c4b",
      aws = "StartRestoreJob.Metadata.ItemsToRestore",
      edit = Edit.IN_PLACE)
  @Size(min = 2, max = 128)
  @Pattern(Syntax.DIRECTORY)
  public String directory;
}
