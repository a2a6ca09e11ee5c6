package dev.fargate.local.aws.tasks.process.mongo;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stands in for {@code mongosh} in health commands: it can do {@code ping} and nothing else, and
 * starts in an instant.
 */
public final class MongoPing {
  private static final int PORT = 27_017;

  private MongoPing() {}

  /** The first argument is the address; the rest is mongosh's, of which some part must say ping. */
  public static void main(String[] args) {
    boolean ping = false;
    for (int i = 1; i < args.length; i++) {
      ping |= args[i].contains("ping");
    }
    if (!ping) {
      System.err.println("this stand-in for mongosh can only run db.adminCommand('ping')");
      System.exit(2);
    }
    try {
      Map<String, Object> command = new LinkedHashMap<>();
      command.put("ping", 1);
      command.put("$db", "admin");
      MongoCommand.run(args[0], PORT, command);
      System.out.println("1");
      System.exit(0);
    } catch (IOException e) {
      System.err.println("MongoNetworkError: " + e.getMessage());
      System.exit(1);
    }
  }
}
