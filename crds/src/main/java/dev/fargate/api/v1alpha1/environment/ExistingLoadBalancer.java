package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;

/** A load balancer that somebody else owns. */
@ApiObject
public class ExistingLoadBalancer {

  public String arn;
}
