package dev.fargate.operator.stack;

import java.util.SortedMap;

/**
 * The Kubernetes Secret of a database's connection, for programs in the cluster. Holds where the
 * values come from, never one of them (decision 12).
 *
 * @param owner the database; the Secret lies in its namespace
 * @param ownerUid of the database's object, for the owner reference
 * @param plain keys whose values are no secrets: host, port, databaseName
 * @param credentialsArn the secret in Secrets Manager with connectionString, username and password
 * @param credentialsVersion changes whenever one of these may have changed
 */
public record ConnectionSecret(
    Owner owner,
    String ownerUid,
    SortedMap<String, String> plain,
    String credentialsArn,
    String credentialsVersion) {
  private static final String SUFFIX = "-connection";

  /** The Secret's name for a database of this name. */
  public static String name(String database) {
    return database + SUFFIX;
  }

  public String name() {
    return name(owner.name());
  }
}
