package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;

/** A choice of one: where an environment variable's value comes from. */
@ApiObject
public class ValueFrom {

  public KeyReference secretKeyRef;

  public KeyReference configMapKeyRef;

  public DatabaseKeyReference databaseRef;

  public String ssmParameterArn;

  public String secretsManagerArn;
}
