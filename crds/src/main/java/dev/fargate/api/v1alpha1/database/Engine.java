package dev.fargate.api.v1alpha1.database;

/** Database engines. */
public final class Engine {

  /** MongoDB. */
  public static final String MONGODB = "mongodb";

  private Engine() {}
}
