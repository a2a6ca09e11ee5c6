package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.v1alpha1.ApiObject;

/** The one name by which the database is reached. */
@ApiObject
public class DatabaseDns {

  public String name;

  public Integer ttlSeconds;
}
