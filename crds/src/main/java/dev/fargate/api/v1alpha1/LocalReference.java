package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The name of another object in the same namespace. */
@ApiObject
public class LocalReference {

  @Doc(
      value = "Name of an object in the same namespace.",
      example = "phoenix",
      edit = Edit.AS_HOLDER)
  @Required
  @Size(min = 1, max = 253)
  @Pattern(Syntax.DNS_SUBDOMAIN)
  public String name;
}
