package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A shared log group as AWS knows it. */
@ApiObject
public class LogGroupStatus {

  @Doc("Its name in the spec.")
  @Required
  @Size(max = 63)
  public String name;

  @Doc("Its name in AWS; absent until it is there.")
  @Size(max = 512)
  public String logGroupName;
}
