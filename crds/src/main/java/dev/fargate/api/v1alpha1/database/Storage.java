package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.ExactlyOne;
import dev.fargate.api.v1alpha1.ApiObject;

/** A choice of one: where the data lies. */
@ApiObject
@ExactlyOne
public class Storage {

  @Doc(
      value = "The task's own disk: the data is gone with the task. For development and tests.",
      aws = "TaskDefinition without volumes",
      edit = Edit.NEW_REVISION)
  public EphemeralStorage ephemeral;
}
