package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;

/** A name inside the environment's private DNS domain that resolves to the running tasks. */
@ApiObject
public class PrivateDns {

  public String name;

  public String type;

  public Integer ttlSeconds;
}
