package dev.fargate.local.aws.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fargate.local.aws.wire.HttpRequest;
import dev.fargate.local.aws.wire.HttpResponse;
import dev.fargate.local.aws.wire.LostResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Serves requests over HTTP on the loopback interface, and nowhere else. */
public final class LoopbackServer implements AutoCloseable {
  static {
    // Without it each small answer waits 40 ms for an acknowledgement. Read once by the JDK.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          body -> {
            Thread thread = new Thread(body, "aws-endpoint");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param port 0 for any free one
   * @throws UncheckedIOException when the port is taken
   */
  public LoopbackServer(int port, Function<HttpRequest, HttpResponse> handler) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try {
      // 0: the JDK's default length of the queue of connections not yet accepted.
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new UncheckedIOException("The local AWS endpoint cannot listen on " + address, e);
    }
    server.createContext("/", exchange -> serve(exchange, handler));
    server.setExecutor(threads);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void serve(HttpExchange exchange, Function<HttpRequest, HttpResponse> handler)
      throws IOException {
    try (exchange) {
      HttpResponse response;
      try {
        response = handler.apply(request(exchange));
      } catch (LostResponse lost) {
        // Closing an exchange that has not answered closes its connection.
        return;
      }
      response.headers().forEach(exchange.getResponseHeaders()::set);
      int length = response.body().length;
      exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
      if (length > 0) {
        exchange.getResponseBody().write(response.body());
      }
    }
  }

  private static HttpRequest request(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    return new HttpRequest(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        headers,
        exchange.getRequestBody().readAllBytes());
  }
}
