package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;

/** A listener as AWS knows it. */
@ApiObject
public class ListenerStatus {

  public Integer port;

  public String protocol;

  public String arn;

  public Boolean redirects;
}
