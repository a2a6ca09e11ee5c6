package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How a canary rollout moves the traffic. */
@ApiObject
public class CanaryShare {

  @Doc(
      value = "Share of the traffic that goes to the new tasks first, in percent.",
      absent = "" + FieldDefaults.CANARY_PERCENT,
      aws = "CanaryConfiguration.canaryPercent",
      edit = Edit.IN_PLACE)
  @Min(1)
  @Max(100)
  public Integer percent;

  @Doc(
      value = "Minutes until the rest follows.",
      absent = "" + FieldDefaults.CANARY_BAKE_MINUTES,
      aws = "CanaryConfiguration.canaryBakeTimeInMinutes",
      edit = Edit.IN_PLACE)
  @Min(0)
  @Max(1440)
  public Integer bakeMinutes;
}
