package dev.fargate.local.aws.dataplane;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.fargate.local.aws.acm.Certificate;
import dev.fargate.local.aws.acm.Certificates;
import dev.fargate.local.aws.acm.Identity;
import dev.fargate.local.aws.elb.Condition;
import dev.fargate.local.aws.elb.RouteAction;
import dev.fargate.local.aws.elb.RoutingTable;
import dev.fargate.local.aws.time.Scheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

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

  /** A target that speaks TLS, with a certificate that nobody knows. */
  RoutingTable.Target encrypted(Scheduler clock, int status) throws Exception {
    String arn = "arn:nobody";
    Identity identity =
        new Certificates(clock, List.of(new Certificate(arn, "nobody.example.com", List.of())))
            .identity(arn);
    KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
    keys.load(null, null);
    keys.setKeyEntry(
        arn,
        identity.key(),
        new char[0],
        new java.security.cert.Certificate[] {identity.certificate()});
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 100);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.setExecutor(threads);
    server.start();
    servers.add(server);
    return at(server.getAddress().getPort());
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
