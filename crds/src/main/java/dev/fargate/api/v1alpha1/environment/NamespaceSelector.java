package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.v1alpha1.ApiObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Namespaces by their labels. */
@ApiObject
public class NamespaceSelector {

  public Map<String, String> matchLabels = new LinkedHashMap<>();
}
