package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;

/** Target tracking: AWS owns the number of tasks within these bounds. */
@ApiObject
public class Autoscaling {

  public Integer minReplicas;

  public Integer maxReplicas;

  public Integer cpuPercent;

  public Integer memoryPercent;

  public Integer requestsPerMinutePerTask;

  public Integer scaleInCooldownSeconds;

  public Integer scaleOutCooldownSeconds;

  public Boolean disableScaleIn;
}
