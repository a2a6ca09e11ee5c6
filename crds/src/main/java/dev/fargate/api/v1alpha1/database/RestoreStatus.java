package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Size;

/** The newest restore of the database. */
@ApiObject
public class RestoreStatus {
  /** AWS Backup copies; the database runs on. */
  public static final String COPYING = "Copying";

  /** The database is stopped, or about to be, and a task moves the data. */
  public static final String MOVING = "Moving";

  public static final String DONE = "Done";

  /** The data is as it was. */
  public static final String FAILED = "Failed";

  @Doc("The recovery point that is, or was, brought back.")
  @Size(max = 128)
  public String recoveryPointArn;

  @Doc(
      "Copying: AWS Backup copies into a new directory of the file system. Moving: the database is"
          + " interrupted while a task puts the data into its place. Done, or Failed: then the data"
          + " is as it was.")
  @Values({COPYING, MOVING, DONE, FAILED})
  public String state;

  @Doc("When it came into this state, as far as the operator has seen, RFC 3339.")
  @Size(max = 64)
  public String time;
}
