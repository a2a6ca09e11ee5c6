package dev.fargate.api.v1alpha1;

/** One AWS resource that belongs to the object. */
@ApiObject
public class OwnedResource {

  public String kind;

  public String arn;

  public String state;
}
