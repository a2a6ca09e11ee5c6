package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.ExactlyOne;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.ValidationRule;

/** A choice of one: where the data lies. */
@ApiObject
@ExactlyOne
@ValidationRule(
    value = "has(self.efs) == has(oldSelf.efs)",
    message =
        "storage cannot change from efs to ephemeral or back: nothing would move the data; create a"
            + " new database and move it")
public class Storage {

  @Doc(
      value =
          "A file system on EFS, mounted by the task: the data survives the task, a new image, and"
              + " with deletionPolicy: Retain the database object and the cluster. A database on a"
              + " network file system is slower than one on a disk of its own: see"
              + " docs/databases.md.",
      aws = "an EFS file system, mount targets and an access point; TaskDefinition.volumes")
  public EfsStorage efs;

  @Doc(
      value = "The task's own disk: the data is gone with the task. For development and tests.",
      aws = "TaskDefinition without volumes",
      edit = Edit.FORBIDDEN)
  public EphemeralStorage ephemeral;
}
