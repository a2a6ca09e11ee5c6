package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;
import java.util.ArrayList;
import java.util.List;

/** Which namespaces' apps and databases may name this environment. */
@ApiObject
public class NamespaceAccess {

  public String from;

  public List<String> names = new ArrayList<>();

  public NamespaceSelector selector;
}
