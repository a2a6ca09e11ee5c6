package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;

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
@ValidationRule(
    value =
        "!has(self.strategy) || !(self.strategy in ['BlueGreen', 'Linear', 'Canary']) ||"
            + " (!has(self.minHealthyPercent) && !has(self.maxPercent))",
    message =
        "BlueGreen, Linear and Canary run all old and all new tasks side by side; remove"
            + " minHealthyPercent and maxPercent, or use Rolling",
    fieldPath = ".strategy")
@ValidationRule(
    value =
        "!has(self.strategy) || !(self.strategy in ['BlueGreen', 'Linear', 'Canary']) ||"
            + " !has(self.circuitBreaker)",
    message =
        "AWS has the circuit breaker for rolling updates only; remove circuitBreaker, or use"
            + " Rolling",
    fieldPath = ".circuitBreaker")
@ValidationRule(
    value =
        "!has(self.bakeTimeMinutes) || (has(self.strategy) && self.strategy in ['BlueGreen',"
            + " 'Linear', 'Canary'])",
    message =
        "only BlueGreen, Linear and Canary keep the old tasks for a while; set strategy, or remove"
            + " bakeTimeMinutes",
    fieldPath = ".bakeTimeMinutes")
@ValidationRule(
    value = "!has(self.linear) || (has(self.strategy) && self.strategy == 'Linear')",
    message = "linear is for strategy Linear; set strategy, or remove linear",
    fieldPath = ".linear")
@ValidationRule(
    value = "!has(self.canary) || (has(self.strategy) && self.strategy == 'Canary')",
    message = "canary is for strategy Canary; set strategy, or remove canary",
    fieldPath = ".canary")
public class Rollout {

  @Doc(
      value =
          "Rolling starts new tasks, then stops old ones, within the percentages. Recreate stops"
              + " all old tasks first. BlueGreen, Linear and Canary start all new tasks beside the"
              + " old ones, in a target group of their own; then AWS moves the traffic by the weights"
              + " of the listener rule: at once, in equal steps, or a little first and the rest"
              + " later. They need exactly one ingress that makes one listener rule, and the"
              + " environment's defaults.infrastructureRoleArn. Moving between them and Rolling or"
              + " Recreate is one rolling deployment by itself.",
      absent = "Rolling",
      aws = "DeploymentConfiguration.strategy; LoadBalancer.advancedConfiguration",
      edit = Edit.NEW_DEPLOYMENT)
  @Values({
    RolloutStrategy.ROLLING,
    RolloutStrategy.RECREATE,
    RolloutStrategy.BLUE_GREEN,
    RolloutStrategy.LINEAR,
    RolloutStrategy.CANARY
  })
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
      value =
          "Minutes that the old tasks go on running once all traffic is with the new ones, so that a"
              + " rollback takes seconds. The app is not Ready before. For BlueGreen, Linear and"
              + " Canary.",
      absent = "" + FieldDefaults.BAKE_TIME_MINUTES,
      aws = "DeploymentConfiguration.bakeTimeInMinutes",
      edit = Edit.IN_PLACE)
  @Min(0)
  @Max(1440)
  public Integer bakeTimeMinutes;

  @Doc(
      value = "The steps of strategy Linear.",
      absent =
          FieldDefaults.LINEAR_STEP_PERCENT
              + " percent every "
              + FieldDefaults.LINEAR_STEP_BAKE_MINUTES
              + " minutes",
      aws = "DeploymentConfiguration.linearConfiguration")
  public LinearSteps linear;

  @Doc(
      value = "The canary of strategy Canary.",
      absent =
          FieldDefaults.CANARY_PERCENT
              + " percent for "
              + FieldDefaults.CANARY_BAKE_MINUTES
              + " minutes",
      aws = "DeploymentConfiguration.canaryConfiguration")
  public CanaryShare canary;

  @Doc(
      value = "ECS's deployment circuit breaker, which ends a rollout whose tasks keep failing.",
      absent = "enabled, with rollback",
      aws = "DeploymentConfiguration.deploymentCircuitBreaker")
  public CircuitBreaker circuitBreaker;

  @Doc(
      value =
          "Alarms of spec.alarms, by their names. One that is raised while a new revision is rolled"
              + " out, or soon after, makes ECS go back to the last good one: the app is Stalled"
              + " with RolledBack, as after any rollback. ECS goes on watching when all tasks are"
              + " new, about as long as the alarms look back, and the app is Ready only after that."
              + " Where one is raised already when a rollout begins, ECS looks at none of them, so"
              + " that a fix can be rolled out. In a first rollout there is nothing to go back to.",
      absent = "no alarm ends a rollout",
      example = "[errors]",
      aws = "DeploymentConfiguration.alarms, with rollback",
      edit = Edit.IN_PLACE)
  @Size(max = 10)
  @Items(Items.Kind.SET)
  public List<@Size(min = 1, max = 63) @Pattern(Syntax.DNS_LABEL) String> rollbackAlarms =
      new ArrayList<>();

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
