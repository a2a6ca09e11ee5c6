package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.v1alpha1.ApiObject;

/** Who may use the environment. */
@ApiObject
public class Access {

  @Doc(
      value = "Which namespaces' apps and databases may name this environment.",
      absent = "all namespaces")
  public NamespaceAccess namespaces;
}
