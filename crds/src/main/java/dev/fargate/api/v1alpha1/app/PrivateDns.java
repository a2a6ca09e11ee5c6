package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A name inside the environment's private DNS domain that resolves to the running tasks. */
@ApiObject
public class PrivateDns {

  @Doc(
      value = "The name; the environment's domain is added behind it.",
      example = "backend",
      aws = "Cloud Map Service.Name",
      edit = Edit.REPLACEMENT)
  @Required
  @Size(min = 1, max = 63)
  @Pattern(Syntax.DNS_LABEL)
  public String name;

  @Doc(
      value = "Type of the records. A: the tasks' addresses.",
      absent = "A",
      aws = "DnsRecord.Type",
      edit = Edit.REPLACEMENT)
  @Values({"A"})
  public String type;

  @Doc(
      value = "Seconds that a resolver may remember an answer.",
      absent = "" + FieldDefaults.PRIVATE_DNS_TTL_SECONDS,
      aws = "DnsRecord.TTL",
      edit = Edit.IN_PLACE)
  @Min(0)
  @Max(86400)
  public Integer ttlSeconds;
}
