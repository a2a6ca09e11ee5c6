package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;

/** How a new revision replaces the old one. */
@ApiObject
public class Rollout {

  public String strategy;

  public Integer minHealthyPercent;

  public Integer maxPercent;

  public CircuitBreaker circuitBreaker;

  public Integer healthCheckGracePeriodSeconds;

  public Integer progressDeadlineSeconds;
}
