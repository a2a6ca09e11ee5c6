package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Size;

/** One target that a load balancer does not send to, and why. */
@ApiObject
public class UnhealthyTarget {

  @Doc("The ingress.")
  @Size(max = 63)
  public String ingress;

  @Doc("Address and port of the target.")
  @Size(max = 64)
  public String target;

  @Doc("AWS's state, such as unhealthy.")
  @Size(max = 32)
  public String state;

  @Doc("AWS's reason code, such as Target.Timeout.")
  @Size(max = 64)
  public String reason;

  @Doc("AWS's words.")
  @Size(max = 2048)
  public String description;
}
