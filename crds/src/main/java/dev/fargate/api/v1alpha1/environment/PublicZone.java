package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A public hosted zone of Route 53 in which apps get their hosts' names. */
@ApiObject
public class PublicZone {

  @Doc(
      value =
          "The zone's domain. Hosts of apps that are this domain or end in it get records in the"
              + " zone; of several zones the longest domain counts.",
      example = "example.com",
      aws = "HostedZone.Name",
      edit = Edit.IN_PLACE)
  @Required
  @Size(min = 1, max = 253)
  @Pattern("^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$")
  public String domain;

  @Doc(
      value =
          "The zone's id. It must exist: the operator makes no zones. Records that apps have in a"
              + " zone stay there when the zone leaves the list.",
      example = "Z00000000EXAMPLECOM",
      aws = "HostedZone.Id",
      edit = Edit.IN_PLACE)
  @Required
  @Size(min = 1, max = 32)
  @Pattern("^[A-Z0-9]{1,32}$")
  public String hostedZoneId;
}
