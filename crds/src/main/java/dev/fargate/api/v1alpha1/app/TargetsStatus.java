package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;
import java.util.ArrayList;
import java.util.List;

/** Health of the tasks as the load balancers see it. */
@ApiObject
public class TargetsStatus {

  public Integer healthy;

  public Integer unhealthy;

  public Integer initial;

  public Integer draining;

  public Integer unused;

  public List<UnhealthyTarget> problems = new ArrayList<>();
}
