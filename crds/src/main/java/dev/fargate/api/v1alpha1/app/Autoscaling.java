package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Target tracking: AWS owns the number of tasks within these bounds. */
@ApiObject
@ValidationRule(
    value = "self.minReplicas <= self.maxReplicas",
    message = "minReplicas is larger than maxReplicas; raise maxReplicas or lower minReplicas",
    fieldPath = ".minReplicas")
@ValidationRule(
    value = "has(self.cpuPercent) || has(self.memoryPercent) || has(self.requestsPerMinutePerTask)",
    message =
        "nothing to scale by: set at least one of cpuPercent, memoryPercent and"
            + " requestsPerMinutePerTask")
public class Autoscaling {

  @Doc(value = "Fewest tasks.", aws = "ScalableTarget.minCapacity", edit = Edit.IN_PLACE)
  @Min(0)
  @Max(5000)
  @Default("1")
  public Integer minReplicas;

  @Doc(
      value = "Most tasks.",
      example = "4",
      aws = "ScalableTarget.maxCapacity",
      edit = Edit.IN_PLACE)
  @Required
  @Min(1)
  @Max(5000)
  public Integer maxReplicas;

  @Doc(
      value = "Average CPU use of the tasks to hold, in percent of the cpu they ask for.",
      example = "70",
      aws = "TargetTrackingScalingPolicyConfiguration on ECSServiceAverageCPUUtilization",
      edit = Edit.IN_PLACE)
  @Min(1)
  @Max(100)
  public Integer cpuPercent;

  @Doc(
      value = "Average memory use of the tasks to hold, in percent of memoryMiB.",
      example = "80",
      aws = "TargetTrackingScalingPolicyConfiguration on ECSServiceAverageMemoryUtilization",
      edit = Edit.IN_PLACE)
  @Min(1)
  @Max(100)
  public Integer memoryPercent;

  @Doc(
      value =
          "Requests per minute and task to hold, counted at the load balancer. Needs exactly one"
              + " ingress.",
      example = "600",
      aws = "TargetTrackingScalingPolicyConfiguration on ALBRequestCountPerTarget",
      edit = Edit.IN_PLACE)
  @Min(1)
  @Max(1000000)
  public Integer requestsPerMinutePerTask;

  @Doc(
      value = "Seconds after a scale-in until the next one.",
      absent = "" + FieldDefaults.SCALE_IN_COOLDOWN_SECONDS,
      aws = "TargetTrackingScalingPolicyConfiguration.scaleInCooldown",
      edit = Edit.IN_PLACE)
  @Min(0)
  @Max(86400)
  public Integer scaleInCooldownSeconds;

  @Doc(
      value = "Seconds that a scale-out has to show its effect before it is repeated.",
      absent = "" + FieldDefaults.SCALE_OUT_COOLDOWN_SECONDS,
      aws = "TargetTrackingScalingPolicyConfiguration.scaleOutCooldown",
      edit = Edit.IN_PLACE)
  @Min(0)
  @Max(86400)
  public Integer scaleOutCooldownSeconds;

  @Doc(
      value = "Whether tasks are only ever added.",
      absent = "false",
      aws = "TargetTrackingScalingPolicyConfiguration.disableScaleIn",
      edit = Edit.IN_PLACE)
  public Boolean disableScaleIn;
}
