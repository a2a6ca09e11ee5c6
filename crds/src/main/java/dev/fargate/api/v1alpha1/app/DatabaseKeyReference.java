package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.v1alpha1.ApiObject;

/** One published value of a FargateDatabase in the app's namespace. */
@ApiObject
public class DatabaseKeyReference {

  public String name;

  public String key;
}
