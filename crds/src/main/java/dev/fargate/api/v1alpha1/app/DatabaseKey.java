package dev.fargate.api.v1alpha1.app;

/** What a {@code databaseRef} can hand to an app. */
public final class DatabaseKey {

  /** The whole connection string, with the password: a secret. */
  public static final String CONNECTION_STRING = "connectionString";

  /** The private DNS name. */
  public static final String HOST = "host";

  /** The port number. */
  public static final String PORT = "port";

  /** A secret. */
  public static final String USERNAME = "username";

  /** A secret. */
  public static final String PASSWORD = "password";

  /** The database's name. */
  public static final String DATABASE_NAME = "databaseName";

  private DatabaseKey() {}
}
