package dev.fargate.operator.stack.build;

import static dev.fargate.operator.stack.build.Absent.or;

import dev.fargate.api.v1alpha1.database.FargateDatabaseSpec;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.TaskDefinition.Container;
import dev.fargate.operator.stack.TaskDefinition.Port;
import dev.fargate.operator.stack.Value;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** MongoDB: all that is particular to the engine. */
record MongoEngine(String image, String databaseName) {
  static final int PORT = 27017;

  /** The user and group of the official image. */
  static final String USER = "999:999";

  /** WiredTiger's cache wants at least 256 MB beside the server itself. */
  static final int CPU = 512;

  static final int MEMORY_MIB = 1024;

  /** The oldest release with mongosh in its image and years of support left. */
  static final String DEFAULT_VERSION = "7.0";

  /** Long enough to flush and close cleanly, the most that Fargate gives. */
  private static final int STOP_TIMEOUT_SECONDS = 120;

  static MongoEngine of(FargateDatabaseSpec spec) {
    String image = spec.image != null ? spec.image : "mongo:" + or(spec.version, DEFAULT_VERSION);
    return new MongoEngine(image, spec.databaseName);
  }

  /** With placeholders for the keys of the credentials secret. */
  String connectionString(String host) {
    return "mongodb://${username}:${password}@"
        + host
        + ":"
        + PORT
        + "/"
        + databaseName
        + "?authSource=admin";
  }

  /** Environment variable of the official image to key of the credentials secret. */
  Map<String, String> credentialVariables() {
    return Map.of(
        "MONGO_INITDB_ROOT_USERNAME", "username", "MONGO_INITDB_ROOT_PASSWORD", "password");
  }

  Container container(SortedMap<String, Value> secrets, TaskDefinition.Logs logs) {
    SortedMap<String, String> environment = new TreeMap<>();
    environment.put("MONGO_INITDB_DATABASE", databaseName);
    // A ping needs no password. Cloud Map hides the task until this has succeeded (C13).
    TaskDefinition.HealthCheck ping =
        new TaskDefinition.HealthCheck(
            List.of("CMD-SHELL", "mongosh --quiet --eval \"db.adminCommand('ping').ok\" || exit 1"),
            10,
            5,
            3,
            30);
    return new Container(
        "mongodb",
        image,
        true,
        List.of(),
        List.of("mongod", "--auth", "--bind_ip_all"),
        null,
        null,
        false,
        STOP_TIMEOUT_SECONDS,
        List.of(new Port("mongodb", PORT, "tcp", null)),
        environment,
        secrets,
        ping,
        logs);
  }
}
