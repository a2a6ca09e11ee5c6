package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a Secret or ConfigMap in the app's namespace. */
@ApiObject
public class KeyReference {

  @Doc(
      value = "Name of the Secret or ConfigMap.",
      example = "phoenix-settings",
      edit = Edit.NEW_REVISION)
  @Required
  @Size(min = 1, max = 253)
  @Pattern(Syntax.DNS_SUBDOMAIN)
  public String name;

  @Doc(value = "Key inside it.", example = "token", edit = Edit.NEW_REVISION)
  @Required
  @Size(min = 1, max = 253)
  @Pattern(Syntax.DATA_KEY)
  public String key;
}
