package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How a new revision replaces the old one. */
@ApiObject
@ValidationRule(
    value =
        "!has(self.strategy) || self.strategy != 'Recreate' || (!has(self.minHealthyPercent) &&"
            + " !has(self.maxPercent))",
    message =
        "Recreate means 0 and 100 percent; remove minHealthyPercent and maxPercent, or use Rolling",
    fieldPath = ".strategy")
@ValidationRule(
    value =
        "(has(self.minHealthyPercent) ? self.minHealthyPercent : "
            + FieldDefaults.MIN_HEALTHY_PERCENT
            + ") < (has(self.maxPercent) ? self.maxPercent : "
            + FieldDefaults.MAX_PERCENT
            + ")",
    message =
        "with minHealthyPercent 100 and maxPercent 100 no task could ever be replaced; lower the"
            + " first or raise the second")
public class Rollout {

  @Doc(
      value =
          "Rolling starts new tasks, then stops old ones, within the percentages. Recreate stops"
              + " all old tasks first.",
      absent = "Rolling",
      aws = "DeploymentConfiguration",
      edit = Edit.IN_PLACE)
  @Values({RolloutStrategy.ROLLING, RolloutStrategy.RECREATE})
  public String strategy;

  @Doc(
      value = "Share of the wanted tasks that stay healthy during a rolling update, in percent.",
      absent = FieldDefaults.MIN_HEALTHY_PERCENT + "; Recreate: 0",
      aws = "DeploymentConfiguration.minimumHealthyPercent",
      edit = Edit.IN_PLACE)
  @Min(0)
  @Max(100)
  public Integer minHealthyPercent;

  @Doc(
      value = "Most tasks during a rolling update, in percent of the wanted ones.",
      absent = FieldDefaults.MAX_PERCENT + "; Recreate: 100",
      aws = "DeploymentConfiguration.maximumPercent",
      edit = Edit.IN_PLACE)
  @Min(100)
  @Max(200)
  public Integer maxPercent;

  @Doc(
      value = "ECS's deployment circuit breaker, which ends a rollout whose tasks keep failing.",
      absent = "enabled, with rollback",
      aws = "DeploymentConfiguration.deploymentCircuitBreaker")
  public CircuitBreaker circuitBreaker;

  @Doc(
      value =
          "Seconds after a task's start in which ECS does not count the load balancer's failed"
              + " checks against it. Needs an ingress.",
      absent = FieldDefaults.HEALTH_CHECK_GRACE_PERIOD_SECONDS + " with an ingress",
      example = "180",
      aws = "Service.healthCheckGracePeriodSeconds",
      edit = Edit.IN_PLACE)
  @Min(0)
  @Max(86400)
  public Integer healthCheckGracePeriodSeconds;

  @Doc(
      value = "Seconds without progress after which the app is Stalled. ECS goes on trying.",
      absent = "" + FieldDefaults.PROGRESS_DEADLINE_SECONDS,
      edit = Edit.OPERATOR_ONLY)
  @Min(60)
  @Max(86400)
  public Integer progressDeadlineSeconds;
}
