package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.v1alpha1.ApiObject;

/** A choice of one: where the data lies. */
@ApiObject
public class Storage {

  public EphemeralStorage ephemeral;
}
