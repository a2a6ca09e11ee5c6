package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;
import java.util.ArrayList;
import java.util.List;

/** The ECS cluster. */
@ApiObject
public class Cluster {

  public String name;

  public String management;

  public String containerInsights;

  public List<String> capacityProviders = new ArrayList<>();
}
