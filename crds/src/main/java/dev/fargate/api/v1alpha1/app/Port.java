package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;

/** A port that the container listens on. */
@ApiObject
public class Port {

  public String name;

  public Integer containerPort;

  public String protocol;
}
