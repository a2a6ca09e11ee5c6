package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;

/** ECS's deployment circuit breaker. */
@ApiObject
public class CircuitBreaker {

  public Boolean enabled;

  public Boolean rollback;
}
