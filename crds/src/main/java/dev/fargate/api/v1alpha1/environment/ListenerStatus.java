package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Size;

/** A listener as AWS knows it. */
@ApiObject
public class ListenerStatus {

  @Doc("The port.")
  public Integer port;

  @Doc("The protocol.")
  @Size(max = 16)
  public String protocol;

  @Doc("Its ARN.")
  @Size(max = 2048)
  public String arn;

  @Doc("Whether it answers every request by a redirect.")
  public Boolean redirects;
}
