package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Subnets;
import java.util.ArrayList;
import java.util.List;

/** A load balancer that the apps of the environment share. */
@ApiObject
public class LoadBalancer {

  public String name;

  public String type;

  public String scheme;

  public Subnets subnets;

  public ExistingLoadBalancer existing;

  public List<Listener> listeners = new ArrayList<>();

  public List<String> allowedCidrs = new ArrayList<>();
}
