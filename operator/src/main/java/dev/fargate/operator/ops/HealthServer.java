package dev.fargate.operator.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code /healthz} for liveness, {@code /readyz} for readiness, {@code /metrics} for Prometheus. A
 * probe answers 200 {@code ok}, or 503 with the reason.
 */
public final class HealthServer implements AutoCloseable {
  /** One probe and one scrape at a time, and one to spare. */
  private static final int THREADS = 3;

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, HealthServer::daemon);

  /**
   * Starts listening.
   *
   * @param port 0 for any free one
   * @param alive null when alive, else why not
   * @param ready null when ready, else why not
   * @param metrics the Prometheus text
   */
  public HealthServer(
      String address,
      int port,
      Supplier<String> alive,
      Supplier<String> ready,
      Supplier<String> metrics) {
    try {
      server = HttpServer.create(new InetSocketAddress(address, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "health port " + address + ":" + port + " cannot be opened", e);
    }
    server.createContext("/healthz", exchange -> probe(exchange, alive.get()));
    server.createContext("/readyz", exchange -> probe(exchange, ready.get()));
    server.createContext(
        "/metrics",
        exchange ->
            answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
    server.setExecutor(threads);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void probe(HttpExchange exchange, String problem) throws IOException {
    answer(
        exchange,
        problem == null ? 200 : 503,
        "text/plain; charset=utf-8",
        problem == null ? "ok\n" : problem + "\n");
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body, "health");
    thread.setDaemon(true);
    return thread;
  }
}
