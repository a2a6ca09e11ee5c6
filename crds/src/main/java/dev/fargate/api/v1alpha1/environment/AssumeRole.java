package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;

/** The role that the operator assumes for this environment. */
@ApiObject
public class AssumeRole {

  public String arn;

  public String externalId;
}
