package dev.fargate.local.aws.tasks.process.mongo;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.h2.mvstore.MVStore;

/**
 * What the {@code mongo} image runs on this machine: a MongoDB on the address of its first
 * argument, port 27017, with its data in the folder of the second; without one in memory, so that
 * it ends with the task. Further arguments are mongod's own, as the image takes them. With {@code
 * MONGO_INITDB_ROOT_USERNAME} and {@code MONGO_INITDB_ROOT_PASSWORD} it asks for them, as the image
 * does.
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
    String folder = args[1];
    int port = port(List.of(args).subList(2, args.length));
    MongoServer server =
        new MongoServer(
            backend(new DataFolder(folder.isEmpty() ? null : Path.of(folder)), System.getenv()));
    server.bind(address, port);
    System.out.println(
        "MongoDB stand-in (data "
            + (folder.isEmpty() ? "in memory only" : "in the mounted folder")
            + ") listening on "
            + address
            + ":"
            + port);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    new CountDownLatch(1).await();
  }

  static MongoBackend backend(DataFolder folder, Map<String, String> environment) {
    MVStore store = folder.open();
    List<String> root = folder.rootUser(environment);
    return root.isEmpty()
        ? new StoredBackend(store)
        : new AuthenticatingBackend(store, root.get(0), root.get(1));
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
