package dev.fargate.local.aws.dataplane;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.fargate.local.aws.elb.Condition;
import dev.fargate.local.aws.elb.RouteAction;
import dev.fargate.local.aws.elb.RoutingTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Real targets on the loopback interface, and routing tables that name them. */
final class Targets implements AutoCloseable {
  static final String LISTENER = "arn:listener";

  private final List<HttpServer> servers = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  RoutingTable.Target target(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 100);
    server.createContext("/", handler);
    server.setExecutor(threads);
    server.start();
    servers.add(server);
    return at(server.getAddress().getPort());
  }

  /** A target that answers every request with one word. */
  RoutingTable.Target saying(String word) throws IOException {
    return target(
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body = word.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  static RoutingTable.Target at(int port) {
    return new RoutingTable.Target("127.0.0.1", port, true);
  }

  static RouteAction forward(String... groups) {
    return new RouteAction.Forward(
        List.of(groups).stream().map(each -> new RouteAction.WeightedGroup(each, 1)).toList());
  }

  static RoutingTable.Route otherwise(RouteAction action) {
    return new RoutingTable.Route(List.of(), action);
  }

  static RoutingTable.Route when(Condition condition, RouteAction action) {
    return new RoutingTable.Route(List.of(condition), action);
  }

  static RoutingTable table(
      int port, Map<String, List<RoutingTable.Target>> groups, RoutingTable.Route... routes) {
    return table(port, Duration.ofSeconds(30), groups, routes);
  }

  static RoutingTable table(
      int port,
      Duration idleTimeout,
      Map<String, List<RoutingTable.Target>> groups,
      RoutingTable.Route... routes) {
    Map<String, RoutingTable.Pool> pools = new HashMap<>();
    groups.forEach(
        (name, targets) ->
            pools.put(name, new RoutingTable.Pool(name, "targetgroup/" + name + "/1", targets)));
    return new RoutingTable(
        Map.of(
            LISTENER,
            new RoutingTable.ListenerRoutes(port, true, null, idleTimeout, List.of(routes))),
        pools);
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}
