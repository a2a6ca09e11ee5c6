package dev.fargate.local.kube;

import com.sun.net.httpserver.HttpServer;
import dev.fargate.local.kube.http.HttpFront;
import dev.fargate.local.kube.route.KubeApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Kubernetes API server in this process, plain http on the loopback address, without
 * authentication.
 */
public final class KubeServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  static {
    // Without it the JDK's server waits 40 ms before it sends the end of each answer. Read once, at
    // first use.
    System.setProperty(
        "sun.net.httpserver.nodelay", System.getProperty("sun.net.httpserver.nodelay", "true"));
  }

  private final KubeApi api;
  private final HttpServer server;
  private final HttpFront front;
  private final ExecutorService threads;

  private KubeServer(KubeApi api, HttpServer server, ExecutorService threads) {
    this.api = api;
    this.server = server;
    this.front = new HttpFront(api);
    this.threads = threads;
  }

  /**
   * Starts a server with an empty API.
   *
   * @param port where to listen, 0 for any free port
   * @throws IOException when the port is taken
   */
  public static KubeServer start(int port) throws IOException {
    return start(port, new KubeApi());
  }

  /**
   * Starts a server of the given API.
   *
   * @param port where to listen, 0 for any free port
   * @throws IOException when the port is taken
   */
  public static KubeServer start(int port, KubeApi api) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port), 0);
    AtomicInteger count = new AtomicInteger();
    // Every watch holds a thread for as long as it lives, so there is no useful bound.
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "local-kube-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    KubeServer server = new KubeServer(api, http, threads);
    http.setExecutor(threads);
    http.createContext("/", server.front::handle);
    http.start();
    return server;
  }

  /**
   * The API behind the socket: to call it directly, to see what was called, to make things go
   * wrong.
   */
  public KubeApi api() {
    return api;
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Where it listens, such as {@code http://127.0.0.1:8001}. */
  public String url() {
    return "http://" + LOOPBACK + ":" + port();
  }

  /** A kubeconfig file's content, namespace {@code default}. */
  public String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: local
          cluster:
            server: %s
        users:
        - name: local
          user: {}
        contexts:
        - name: local
          context:
            cluster: local
            user: local
            namespace: default
        current-context: local
        """
        .formatted(url());
  }

  /** Ends all watches and stops listening. */
  @Override
  public void close() {
    front.close();
    threads.shutdownNow();
    server.stop(0);
  }
}
