package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;

/** One ECS deployment of the service, the newest first. */
@ApiObject
public class DeploymentStatus {

  public String id;

  public String state;

  public String revision;

  public Integer desired;

  public Integer running;

  public Integer pending;

  public Integer failed;

  public String reason;

  public String createdTime;
}
