package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.LocalReference;

/** Whose user name and password the database starts with. */
@ApiObject
public class Credentials {

  public LocalReference secretRef;
}
