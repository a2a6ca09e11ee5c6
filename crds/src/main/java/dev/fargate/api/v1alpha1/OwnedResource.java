package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import io.fabric8.generator.annotation.Size;

/** One AWS resource that belongs to the object. */
@ApiObject
public class OwnedResource {

  @Doc("The AWS kind, such as TargetGroup.")
  @Size(max = 64)
  public String kind;

  @Doc("The ARN, or the id where AWS has no ARN.")
  @Size(max = 2048)
  public String arn;

  @Doc("What AWS or the operator says of it, such as ACTIVE or waiting.")
  @Size(max = 256)
  public String state;
}
