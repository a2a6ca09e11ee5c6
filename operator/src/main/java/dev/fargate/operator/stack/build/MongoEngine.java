package dev.fargate.operator.stack.build;

import static dev.fargate.operator.stack.build.Absent.or;

import dev.fargate.api.v1alpha1.database.FargateDatabaseSpec;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.TaskDefinition.Container;
import dev.fargate.operator.stack.TaskDefinition.Mount;
import dev.fargate.operator.stack.TaskDefinition.Port;
import dev.fargate.operator.stack.TaskDefinition.Volume;
import dev.fargate.operator.stack.Value;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** MongoDB: all that is particular to the engine. */
record MongoEngine(String image, String databaseName, List<Volume> volumes) {
  static final int PORT = 27017;

  /** The user and group of the official image. */
  static final long UID = 999;

  /** Where it keeps its data. */
  private static final String DATA_PATH = "/data/db";

  /** There once a server has run, whatever its storage engine. */
  static final String DATA_FILE = "storage.bson";

  /** What the start command locks. */
  static final String LOCK_FILE = ".writer.lock";

  /** WiredTiger's cache wants at least 256 MB beside the server itself. */
  static final int CPU = 512;

  static final int MEMORY_MIB = 1024;

  /** The oldest release with mongosh in its image and years of support left. */
  static final String DEFAULT_VERSION = "7.0";

  /** Long enough to flush and close cleanly, the most that Fargate gives. */
  private static final int STOP_TIMEOUT_SECONDS = 120;

  /** The most that ECS gives a health check: waiting for an earlier task is no failure. */
  private static final int LONGEST_START_SECONDS = 300;

  /**
   * Two servers on one directory corrupt it, and ECS does not promise that an old task has ended
   * before a new one starts: one it cannot reach counts as stopped. So the server starts only once
   * this task holds an exclusive lock in the directory, which the file system itself keeps, and
   * which lasts as long as the server lives: it inherits the open file. Waiting ends within the
   * health check's start period, and a TERM ends it at once.
   */
  private static final String LOCKED_START =
      "trap 'exit 143' TERM; exec 9>>/data/db/"
          + LOCK_FILE
          + "; n=0;"
          + " until flock -n 9; do"
          + " [ $n -gt 0 ] || echo 'another task holds the data: waiting until it has ended';"
          + " n=$((n+1));"
          + " [ $n -le 135 ] || { echo 'the data is still held after 270 s: not started'; exit 75; };"
          + " sleep 2; done;"
          + " trap - TERM; exec docker-entrypoint.sh \"$@\"";

  static MongoEngine of(FargateDatabaseSpec spec) {
    String image = spec.image != null ? spec.image : "mongo:" + or(spec.version, DEFAULT_VERSION);
    return new MongoEngine(
        image,
        spec.databaseName,
        DatabaseStorage.isDurable(spec)
            ? List.of(DatabaseStorage.volume(spec.storage.efs))
            : List.of());
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
    boolean durable = !volumes.isEmpty();
    // A ping needs no password. Cloud Map hides the task until this has succeeded (C13).
    TaskDefinition.HealthCheck ping =
        new TaskDefinition.HealthCheck(
            List.of("CMD-SHELL", "mongosh --quiet --eval \"db.adminCommand('ping').ok\" || exit 1"),
            10,
            5,
            3,
            durable ? LONGEST_START_SECONDS : 30);
    return new Container(
        "mongodb",
        image,
        true,
        durable ? List.of("sh", "-c", LOCKED_START, "mongodb") : List.of(),
        List.of("mongod", "--auth", "--bind_ip_all"),
        // The access point acts as this user whoever asks; the image need not start as root.
        durable ? UID + ":" + UID : null,
        null,
        false,
        STOP_TIMEOUT_SECONDS,
        List.of(new Port("mongodb", PORT, "tcp", null)),
        environment,
        secrets,
        ping,
        logs,
        volumes.stream().map(volume -> new Mount(volume.name(), DATA_PATH, false)).toList());
  }
}
