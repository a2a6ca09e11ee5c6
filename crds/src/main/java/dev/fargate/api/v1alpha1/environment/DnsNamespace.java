package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Management;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The Cloud Map private DNS namespace. */
@ApiObject
public class DnsNamespace {

  @Doc(
      value = "The domain, resolved inside the VPC only.",
      example = "phoenix.internal",
      aws = "PrivateDnsNamespace.Name",
      edit = Edit.FORBIDDEN)
  @Required
  @Size(min = 1, max = 253)
  @Pattern(Syntax.DNS_SUBDOMAIN)
  public String domain;

  @Doc(
      value =
          "Create: the operator creates the namespace. Reference: it exists, and is never changed.",
      edit = Edit.OPERATOR_ONLY)
  @Values({Management.CREATE, Management.REFERENCE})
  @Default(Management.CREATE)
  public String management;
}
