package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How a linear rollout moves the traffic. */
@ApiObject
public class LinearSteps {

  @Doc(
      value = "Share of the traffic that moves with each step, in percent.",
      absent = "" + FieldDefaults.LINEAR_STEP_PERCENT,
      aws = "LinearConfiguration.stepPercent",
      edit = Edit.IN_PLACE)
  @Min(3)
  @Max(100)
  public Integer stepPercent;

  @Doc(
      value = "Minutes between two steps.",
      absent = "" + FieldDefaults.LINEAR_STEP_BAKE_MINUTES,
      aws = "LinearConfiguration.stepBakeTimeInMinutes",
      edit = Edit.IN_PLACE)
  @Min(0)
  @Max(1440)
  public Integer stepBakeMinutes;
}
