package dev.fargate.api.v1alpha1;

/** The FargateEnvironment that an object was last reconciled in. */
@ApiObject
public class EnvironmentReference {

  public String name;

  public String uid;
}
