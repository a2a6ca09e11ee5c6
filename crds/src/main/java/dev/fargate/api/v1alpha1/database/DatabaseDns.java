package dev.fargate.api.v1alpha1.database;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.FieldDefaults;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The one name by which the database is reached. */
@ApiObject
public class DatabaseDns {

  @Doc(
      value = "The name; the environment's domain is added behind it.",
      example = "phoenix-db",
      aws = "Cloud Map Service.Name",
      edit = Edit.REPLACEMENT)
  @Required
  @Size(min = 1, max = 63)
  @Pattern(Syntax.DNS_LABEL)
  public String name;

  @Doc(
      value = "Seconds that a resolver may remember an answer.",
      absent = "" + FieldDefaults.PRIVATE_DNS_TTL_SECONDS,
      aws = "DnsRecord.TTL",
      edit = Edit.IN_PLACE)
  @Min(0)
  @Max(86400)
  public Integer ttlSeconds;
}
