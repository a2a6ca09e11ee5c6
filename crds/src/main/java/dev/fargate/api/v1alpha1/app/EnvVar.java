package dev.fargate.api.v1alpha1.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fargate.api.v1alpha1.ApiObject;

/** An environment variable: a plain value, or where the value comes from. */
@ApiObject
public class EnvVar {

  public String name;

  /** The empty string is a value, too. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public String value;

  public ValueFrom valueFrom;
}
