package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Items;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;

/** Health of the tasks as the load balancers see it. */
@ApiObject
public class TargetsStatus {

  @Doc("Targets that get requests.")
  public Integer healthy;

  @Doc("Targets whose checks fail.")
  public Integer unhealthy;

  @Doc("Targets whose first checks are not done.")
  public Integer initial;

  @Doc("Targets that finish their open requests.")
  public Integer draining;

  @Doc("Targets that no load balancer uses, or cannot.")
  public Integer unused;

  @Doc("Targets that get no requests, and why; at most 10.")
  @Size(max = 10)
  @Items(Items.Kind.ATOMIC)
  public List<UnhealthyTarget> problems = new ArrayList<>();
}
