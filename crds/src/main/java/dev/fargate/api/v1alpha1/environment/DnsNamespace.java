package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;

/** The Cloud Map private DNS namespace. */
@ApiObject
public class DnsNamespace {

  public String domain;

  public String management;
}
