package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;

/** Send a browser to the same task again, by a cookie of the load balancer. */
@ApiObject
public class Stickiness {

  public Integer durationSeconds;
}
