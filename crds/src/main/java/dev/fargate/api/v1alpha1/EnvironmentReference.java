package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import io.fabric8.generator.annotation.Size;

/** The FargateEnvironment that an object was last reconciled in. */
@ApiObject
public class EnvironmentReference {

  @Doc("The environment's name.")
  @Size(max = 253)
  public String name;

  @Doc("The environment's uid, by which a recreated one is told apart.")
  @Size(max = 64)
  public String uid;
}
