package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.LocalReference;
import io.fabric8.generator.annotation.Required;

/** Whose user name and password the database starts with. */
@ApiObject
public class Credentials {

  @Doc(
      value = "A Secret in the database's namespace with the keys username and password.",
      example = "{name: phoenix-db}",
      edit = Edit.FORBIDDEN)
  @Required
  public LocalReference secretRef;
}
