package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A port that the container listens on. */
@ApiObject
public class Port {

  @Doc(
      value = "Name by which ingresses refer to the port.",
      example = "http",
      aws = "PortMapping.name",
      edit = Edit.NEW_REVISION)
  @Required
  @Size(min = 1, max = 63)
  @Pattern(Syntax.DNS_LABEL)
  public String name;

  @Doc(
      value = "The port number.",
      example = "3000",
      aws = "PortMapping.containerPort",
      edit = Edit.NEW_REVISION)
  @Required
  @Min(1)
  @Max(65535)
  public Integer containerPort;

  @Doc(
      value = "The transport protocol.",
      absent = "tcp",
      aws = "PortMapping.protocol",
      edit = Edit.NEW_REVISION)
  @Values({"tcp", "udp"})
  public String protocol;
}
