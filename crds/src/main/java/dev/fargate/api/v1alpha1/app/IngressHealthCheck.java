package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;

/** How the load balancer learns that a task is healthy. */
@ApiObject
public class IngressHealthCheck {

  public String path;

  public Integer port;

  public String protocol;

  public Integer intervalSeconds;

  public Integer timeoutSeconds;

  public Integer healthyThreshold;

  public Integer unhealthyThreshold;

  public String successCodes;
}
