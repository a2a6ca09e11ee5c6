package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;

/** One target that a load balancer does not send to, and why. */
@ApiObject
public class UnhealthyTarget {

  public String ingress;

  public String target;

  public String state;

  public String reason;

  public String description;
}
