package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;
import java.util.ArrayList;
import java.util.List;

/** A command that ECS runs inside the container to learn whether it is healthy. */
@ApiObject
public class ContainerHealthCheck {

  public List<String> command = new ArrayList<>();

  public Integer intervalSeconds;

  public Integer timeoutSeconds;

  public Integer retries;

  public Integer startPeriodSeconds;
}
