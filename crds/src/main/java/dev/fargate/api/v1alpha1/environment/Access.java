package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;

/** Who may use the environment. */
@ApiObject
public class Access {

  public NamespaceAccess namespaces;
}
