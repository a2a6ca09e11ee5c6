package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Size;

/** One ECS deployment of the service. */
@ApiObject
public class DeploymentStatus {

  @Doc("ECS's id of the deployment.")
  @Size(max = 128)
  public String id;

  @Doc("ECS's rollout state: IN_PROGRESS, COMPLETED or FAILED.")
  @Size(max = 64)
  public String state;

  @Doc(
      "Where ECS stands with moving the traffic to it, such as SCALE_UP, PRODUCTION_TRAFFIC_SHIFT or"
          + " BAKE_TIME; absent with Rolling and Recreate.")
  @Size(max = 64)
  public String stage;

  @Doc("Family and number of its revision.")
  @Size(max = 300)
  public String revision;

  @Doc("Tasks wanted.")
  public Integer desired;

  @Doc("Tasks that run.")
  public Integer running;

  @Doc("Tasks on their way.")
  public Integer pending;

  @Doc("Tasks that failed.")
  public Integer failed;

  @Doc("ECS's words for the state.")
  @Size(max = 4096)
  public String reason;

  @Doc("When it began, RFC 3339.")
  @Size(max = 64)
  public String createdTime;
}
