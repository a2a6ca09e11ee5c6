package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;

/** One key of a Secret or ConfigMap in the app's namespace. */
@ApiObject
public class KeyReference {

  public String name;

  public String key;
}
