package dev.fargate.local.aws.tasks.process.mongo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs this machine's {@code mongod} as the {@code mongo} image would. As there, a first start with
 * {@code MONGO_INITDB_ROOT_USERNAME} and {@code MONGO_INITDB_ROOT_PASSWORD} begins with a server
 * that asks for no password and is not where clients look for it; it gets the root user and ends;
 * then the real one starts. The data lies in the given folder; without one, in the working
 * directory, which is the task's own.
 *
 * <p>Arguments: the task's address, the folder or nothing, the program, and the container's
 * command.
 */
public final class Mongod {
  private static final String PORT = "27017";

  /** A first start writes its journal files; minutes mean that it will not come. */
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private static final long LOOK_MILLIS = 200;

  /** The address is the task's, the place of the data too; the image's own ones are not here. */
  private static final Set<String> REPLACED_WITH_VALUE = Set.of("--bind_ip", "--dbpath");

  private static final Set<String> REPLACED = Set.of("--bind_ip_all");

  /** There once a server has run, as the image's own start looks at it. */
  private static final String STORAGE_FILE = "storage.bson";

  private final String address;
  private final String program;
  private final Path data;

  private Mongod(String address, String folder, String program) {
    this.address = address;
    this.data = Path.of(folder.isEmpty() ? "db" : folder);
    this.program = program;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Mongod mongod = new Mongod(args[0], args[1], args[2]);
    List<String> options = options(Arrays.asList(args).subList(3, args.length));
    System.out.println("This machine's mongod, " + args[2] + ", on " + args[0]);
    System.exit(mongod.run(options, System.getenv()));
  }

  /** The container's command without what is decided here. */
  static List<String> options(List<String> command) {
    List<String> options = new ArrayList<>();
    for (int i = 0; i < command.size(); i++) {
      String option = command.get(i);
      String name = option.split("=", 2)[0];
      if (i == 0 && option.equals("mongod")) {
        continue;
      }
      if (REPLACED_WITH_VALUE.contains(name)) {
        i += option.contains("=") ? 0 : 1;
      } else if (!REPLACED.contains(name)) {
        options.add(option);
      }
    }
    return options;
  }

  private int run(List<String> options, Map<String, String> environment)
      throws IOException, InterruptedException {
    String user = environment.getOrDefault("MONGO_INITDB_ROOT_USERNAME", "");
    String password = environment.getOrDefault("MONGO_INITDB_ROOT_PASSWORD", "");
    if (user.isEmpty() != password.isEmpty()) {
      System.err.println(
          "error: both MONGO_INITDB_ROOT_USERNAME and MONGO_INITDB_ROOT_PASSWORD are needed");
      return 1;
    }
    boolean first = !Files.exists(data.resolve(STORAGE_FILE));
    Files.createDirectories(data);
    List<String> all = new ArrayList<>(options);
    if (!user.isEmpty() && !all.contains("--auth")) {
      all.add("--auth");
    }
    if (first && !user.isEmpty()) {
      createRoot(user, password);
    }
    boolean ownPort = all.stream().anyMatch(o -> o.equals("--port") || o.startsWith("--port="));
    if (!ownPort) {
      all.addAll(List.of("--port", PORT));
    }
    return server(all).waitFor();
  }

  /** With a server that asks for no password, and is gone when this returns. */
  private void createRoot(String user, String password) throws IOException, InterruptedException {
    int port = freePort();
    Process server = server(List.of("--port", String.valueOf(port)));
    Map<String, Object> command = new LinkedHashMap<>();
    command.put("createUser", user);
    command.put("pwd", password);
    command.put("roles", List.of(Map.of("role", "root", "db", "admin")));
    command.put("$db", "admin");
    awaitListening(server, port);
    MongoCommand.run(address, port, command);
    server.destroy();
    server.waitFor();
  }

  private void awaitListening(Process server, int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try {
        Map<String, Object> ping = new LinkedHashMap<>();
        ping.put("ping", 1);
        ping.put("$db", "admin");
        MongoCommand.run(address, port, ping);
        return;
      } catch (IOException notYet) {
        if (!server.isAlive()) {
          throw new IOException("mongod ended with status " + server.exitValue(), notYet);
        }
        if (System.nanoTime() > end) {
          server.destroyForcibly();
          throw new IOException("mongod does not answer", notYet);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
  }

  private int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, 0));
      return socket.getLocalPort();
    }
  }

  /** Ends when this process is asked to, cleanly, and speaks into the same log. */
  private Process server(List<String> options) throws IOException {
    List<String> line = new ArrayList<>(List.of(program, "--bind_ip", address));
    line.addAll(List.of("--dbpath", data.toAbsolutePath().toString()));
    line.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
    builder.environment().keySet().removeIf(name -> name.startsWith("MONGO_INITDB_"));
    Process server = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server)));
    return server;
  }

  private static void end(Process server) {
    server.destroy();
    try {
      server.waitFor();
    } catch (InterruptedException e) {
      server.destroyForcibly();
    }
  }
}
