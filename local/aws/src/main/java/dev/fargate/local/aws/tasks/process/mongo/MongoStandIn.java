package dev.fargate.local.aws.tasks.process.mongo;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * What the {@code mongo} image runs on this machine: a MongoDB in memory on the address of its
 * first argument, port 27017. Further arguments are mongod's own, as the image takes them. With
 * {@code MONGO_INITDB_ROOT_USERNAME} and {@code MONGO_INITDB_ROOT_PASSWORD} it asks for them, as
 * the image does. Its data ends with the task.
 */
public final class MongoStandIn {
  private static final int DEFAULT_PORT = 27_017;

  /** Options that change nothing here: the address is given, the rest is about files. */
  private static final Set<String> WITHOUT_VALUE =
      Set.of("mongod", "--auth", "--bind_ip_all", "--quiet", "--journal", "--nojournal");

  private static final Set<String> WITH_VALUE =
      Set.of("--bind_ip", "--dbpath", "--wiredTigerCacheSizeGB", "--storageEngine");

  private MongoStandIn() {}

  public static void main(String[] args) throws InterruptedException {
    String address = args[0];
    int port = port(List.of(args).subList(1, args.length));
    MongoServer server = new MongoServer(backend(System.getenv()));
    server.bind(address, port);
    System.out.println(
        "MongoDB stand-in (data in memory only) listening on " + address + ":" + port);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    new CountDownLatch(1).await();
  }

  static MemoryBackend backend(Map<String, String> environment) {
    String user = environment.getOrDefault("MONGO_INITDB_ROOT_USERNAME", "");
    String password = environment.getOrDefault("MONGO_INITDB_ROOT_PASSWORD", "");
    if (user.isEmpty() != password.isEmpty()) {
      System.err.println(
          "error: both MONGO_INITDB_ROOT_USERNAME and MONGO_INITDB_ROOT_PASSWORD are needed");
      System.exit(1);
    }
    return user.isEmpty() ? new MemoryBackend() : new AuthenticatingBackend(user, password);
  }

  private static int port(List<String> options) {
    int port = DEFAULT_PORT;
    for (int i = 0; i < options.size(); i++) {
      String name = options.get(i).split("=", 2)[0];
      boolean inline = options.get(i).contains("=");
      if (name.equals("--port")) {
        port = Integer.parseInt(inline ? options.get(i).split("=", 2)[1] : options.get(++i));
      } else if (WITH_VALUE.contains(name)) {
        i += inline ? 0 : 1;
      } else if (!WITHOUT_VALUE.contains(name)) {
        System.err.println(
            "Error parsing command line: unrecognised option '"
                + name
                + "' (this is a stand-in for mongod)");
        System.exit(2);
      }
    }
    return port;
  }
}
