package dev.fargate.local.aws.tasks.process.faulty;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server that fails in the way its first argument says, to show what becomes of such a task. It
 * listens on {@code PORT} (default 8080) of its second argument.
 */
public final class Faulty {
  private static final int DEFAULT_PORT = 8080;

  /** Longer than any health check's timeout that is not made for it. */
  private static final long SLOW_SECONDS = 30;

  private static final int LEAK_BYTES = 16 * 1024 * 1024;

  private Faulty() {}

  public static void main(String[] args) throws Exception {
    String address = args[1];
    switch (args[0]) {
      case "exit" -> {
        System.out.println("faulty: about to exit with status 1");
        TimeUnit.SECONDS.sleep(1);
        System.exit(1);
      }
      case "slow" -> serve(address, 200, SLOW_SECONDS);
      case "http500" -> serve(address, 500, 0);
      case "leak" -> {
        serve(address, 200, 0);
        leak();
      }
      case "burn" -> {
        serve(address, 200, 0);
        burn();
      }
      case "noport" -> {
        System.out.println("faulty: running, listening nowhere");
        TimeUnit.DAYS.sleep(Long.MAX_VALUE);
      }
      default -> {
        System.err.println(
            "faulty: there is no fault '"
                + args[0]
                + "'; use one of the tags exit, slow, http500, leak, burn, noport");
        System.exit(2);
      }
    }
  }

  private static void serve(String address, int status, long delaySeconds) throws IOException {
    String port = System.getenv().getOrDefault("PORT", String.valueOf(DEFAULT_PORT));
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByName(address), Integer.parseInt(port)), 100);
    server.createContext(
        "/",
        exchange -> {
          try {
            TimeUnit.SECONDS.sleep(delaySeconds);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    System.out.println("faulty: listening on " + server.getAddress());
  }

  private static void leak() throws InterruptedException {
    List<byte[]> kept = new ArrayList<>();
    while (true) {
      byte[] more = new byte[LEAK_BYTES];
      java.util.Arrays.fill(more, (byte) 1);
      kept.add(more);
      System.out.println("faulty: holding " + kept.size() * (LEAK_BYTES >> 20) + " MiB");
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static void burn() {
    double sum = 0;
    for (long i = 1; sum < Double.MAX_VALUE; i++) {
      sum += Math.sqrt(i) % 1;
    }
  }
}
