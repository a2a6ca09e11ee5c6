package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.ValidationRule;

/** ECS's deployment circuit breaker. */
@ApiObject
@ValidationRule(
    value = "!has(self.enabled) || self.enabled || !has(self.rollback) || !self.rollback",
    message =
        "a circuit breaker that is not enabled cannot roll back; remove rollback or enable it")
public class CircuitBreaker {

  @Doc(
      value = "Whether a rollout whose tasks keep failing is ended.",
      absent = "true",
      aws = "DeploymentCircuitBreaker.enable",
      edit = Edit.IN_PLACE)
  public Boolean enabled;

  @Doc(
      value = "Whether the last good revision comes back then.",
      absent = "true",
      aws = "DeploymentCircuitBreaker.rollback",
      edit = Edit.IN_PLACE)
  public Boolean rollback;
}
