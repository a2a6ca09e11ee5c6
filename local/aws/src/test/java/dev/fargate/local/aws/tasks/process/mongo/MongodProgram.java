package dev.fargate.local.aws.tasks.process.mongo;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.h2.mvstore.MVStore;

/**
 * A program that behaves as mongod does where the {@code mongo} image needs it: it notes how it was
 * started, keeps the user that it is given in its folder, and asks for the password with {@code
 * --auth}.
 */
public final class MongodProgram {
  private MongodProgram() {}

  public static void main(String[] args) throws Exception {
    List<String> options = List.of(args);
    Path data = Path.of(after(options, "--dbpath"));
    Files.writeString(
        data.resolveSibling("starts"),
        String.join(" ", options) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    System.out.println("started with " + options.subList(4, options.size()));
    Path users = data.resolve("users");
    MongoServer server =
        new MongoServer(options.contains("--auth") ? guarded(users) : new Open(users));
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    server.bind(after(options, "--bind_ip"), Integer.parseInt(after(options, "--port")));
    new CountDownLatch(1).await();
  }

  private static String after(List<String> options, String name) {
    return options.get(options.indexOf(name) + 1);
  }

  private static MongoBackend guarded(Path users) throws IOException {
    List<String> stored = Files.readAllLines(users);
    return new AuthenticatingBackend(MVStore.open(null), stored.get(0), stored.get(1));
  }

  private static final class Open extends MemoryBackend {
    private final Path users;

    Open(Path users) {
      this.users = users;
    }

    @Override
    public Document handleCommand(
        Channel channel, String databaseName, String command, Document query) {
      if (!command.equals("createUser")) {
        return super.handleCommand(channel, databaseName, command, query);
      }
      try {
        Files.write(users, List.of((String) query.get("createUser"), (String) query.get("pwd")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Document role = (Document) ((List<?>) query.get("roles")).get(0);
      System.out.println("a user with role " + role.get("role") + " in " + databaseName);
      return new Document("ok", 1.0);
    }
  }
}
