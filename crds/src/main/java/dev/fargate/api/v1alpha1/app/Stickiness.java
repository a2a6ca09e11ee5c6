package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Sends a browser to the same task again, by a cookie of the load balancer. */
@ApiObject
public class Stickiness {

  @Doc(
      value = "Seconds that the cookie is good for.",
      absent = "" + FieldDefaults.STICKINESS_DURATION_SECONDS,
      aws = "TargetGroup attribute stickiness.lb_cookie.duration_seconds",
      edit = Edit.IN_PLACE)
  @Min(1)
  @Max(604800)
  public Integer durationSeconds;
}
