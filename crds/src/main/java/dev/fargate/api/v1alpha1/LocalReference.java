package dev.fargate.api.v1alpha1;

/** The name of an object of the same kind of place (same namespace). */
@ApiObject
public class LocalReference {

  public String name;
}
