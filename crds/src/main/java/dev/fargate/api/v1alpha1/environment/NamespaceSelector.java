package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.LinkedHashMap;
import java.util.Map;

/** Namespaces by their labels. */
@ApiObject
public class NamespaceSelector {

  @Doc(
      value = "Labels that a namespace must all have.",
      example = "{team: web}",
      edit = Edit.OPERATOR_ONLY)
  @Required
  @Size(min = 1, max = 10)
  public Map<
          String, @Size(max = 63) @Pattern("^([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$") String>
      matchLabels = new LinkedHashMap<>();
}
