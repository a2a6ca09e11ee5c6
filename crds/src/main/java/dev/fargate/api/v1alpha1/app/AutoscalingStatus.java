package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.v1alpha1.ApiObject;

/** Between which numbers AWS scales now. */
@ApiObject
public class AutoscalingStatus {

  @Doc("The fewest tasks that scaling leaves.")
  public Integer minReplicas;

  @Doc("The most tasks that scaling starts.")
  public Integer maxReplicas;

  @Doc("Tasks that are wanted now, by whatever scaling decided last.")
  public Integer desiredReplicas;
}
