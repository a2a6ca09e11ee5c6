package dev.fargate.phoenix;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side: one listener, headers that every answer carries, plain errors, draining. */
final class WebServer {
  static final String VERSION_HEADER = "X-Phoenix-Version";
  static final String INSTANCE_HEADER = "X-Phoenix-Instance";

  /**
   * Longer than the 60 s after which an AWS load balancer gives up an idle connection: the side
   * that reuses connections must be the one that closes them, or a request meets a connection that
   * is just being closed.
   */
  static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);

  /** Nothing here waits on a request thread, so few are enough; each costs memory and a start. */
  private static final int MAX_THREADS = 32;

  private static final int MIN_THREADS = 2;
  private static final int SELECTORS = 1;

  /** 0: the selector accepts too, which saves a thread. */
  private static final int ACCEPTORS = 0;

  /**
   * Connections the kernel holds for us while a small CPU is busy; its default of 50 refuses a
   * burst.
   */
  private static final int BACKLOG = 1_024;

  /** After the listener is closed a request may still be on its way on an open connection. */
  private static final Duration LINGER = Duration.ofMillis(500);

  private static final Duration POLL = Duration.ofMillis(20);

  /** One place in a queue is free again after about this long. */
  private static final String RETRY_AFTER_SECONDS = "1";

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  private final Settings settings;
  private final AccessLog log;
  private final InFlight inFlight;
  private final Javalin javalin;
  private volatile boolean draining;
  private volatile ServerConnector connector;

  WebServer(Settings settings, List<Endpoint> endpoints, AccessLog log, InFlight inFlight) {
    this.settings = settings;
    this.log = log;
    this.inFlight = inFlight;
    javalin = Javalin.create(config -> configure(config, endpoints));
  }

  /**
   * Binds and begins to answer.
   *
   * @throws io.javalin.util.JavalinBindException if the address is taken or not of this machine
   */
  void start() {
    javalin.start();
  }

  /** The port it listens on: the one asked for, or the one found if that was 0. */
  int port() {
    return connector.getLocalPort();
  }

  /**
   * From now on every answer ends its connection, so that clients with kept connections go
   * elsewhere.
   */
  void askClientsToMove() {
    draining = true;
  }

  /** Accepts no new connection; the open ones are served on. */
  void closeListener() {
    connector.close();
  }

  /**
   * Waits until all requests are answered and their answers sent.
   *
   * @return false if the limit passed first
   */
  boolean awaitIdle(Duration limit) throws InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      long waited = System.nanoTime() - begin;
      boolean quiet = inFlight.isEmpty();
      if (quiet && (waited >= LINGER.toNanos() || connector.getConnectedEndPoints().isEmpty())) {
        return true;
      }
      if (waited >= limit.toNanos()) {
        return false;
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /** Closes everything at once; for tests. A process that ends drains instead. */
  void stop() {
    javalin.stop();
  }

  private void configure(JavalinConfig config, List<Endpoint> endpoints) {
    config.showJavalinBanner = false;
    config.startupWatcherEnabled = false;
    config.http.disableCompression();
    config.http.prefer405over404 = true;
    config.http.defaultContentType = "text/plain; charset=utf-8";
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("http");
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    config.jetty.addConnector(this::listen);
    config.requestLogger.http(this::log);
    config.router.mount(
        router -> {
          endpoints.forEach(endpoint -> router.get(endpoint.path(), endpoint.handler()));
          router.before(this::identify);
          router.after(this::closeWhenDraining);
          router.exception(
              MethodNotAllowedResponse.class,
              (e, request) -> plain(request.header("Allow", "GET, HEAD"), 405, e.getMessage()));
          router.exception(
              HttpResponseException.class,
              (e, request) ->
                  plain(request, e.getStatus(), HttpStatus.forStatus(e.getStatus()).getMessage()));
          router.exception(
              Endpoints.BadRequest.class, (e, request) -> plain(request, 400, e.getMessage()));
          router.exception(
              WorkQueue.Saturated.class,
              (e, request) ->
                  later(request, "too busy: the queue for " + e.getMessage() + " is full"));
          router.exception(
              LogStore.Unavailable.class, (e, request) -> later(request, e.getMessage()));
          router.exception(Exception.class, this::unexpected);
        });
  }

  private Connector listen(Server server, HttpConfiguration http) {
    connector = new ServerConnector(server, ACCEPTORS, SELECTORS, new HttpConnectionFactory(http));
    connector.setHost(settings.bindAddress());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    connector.setAcceptQueueSize(BACKLOG);
    connector.addBean(inFlight);
    return connector;
  }

  private void identify(Context request) {
    request.header(VERSION_HEADER, settings.version());
    request.header(INSTANCE_HEADER, settings.instance());
    request.header("Cache-Control", "no-store");
    request.header("X-Content-Type-Options", "nosniff");
  }

  /**
   * After the answer is made rather than before: a request that began before SIGTERM is told, too.
   */
  private void closeWhenDraining(Context request) {
    if (draining) {
      request.header("Connection", "close");
    }
  }

  private void log(Context request, Float millis) {
    Instant now = Instant.now();
    log.record(
        new AccessEntry(
            AccessEntry.nextId(now),
            now,
            request.req().getMethod(),
            request.req().getRequestURI(),
            request.statusCode(),
            millis.longValue(),
            client(request),
            request.header("User-Agent"),
            settings.instance()));
  }

  /**
   * Who asked: what the load balancer saw (it appends to the header), or else the other end of the
   * connection.
   */
  private static String client(Context request) {
    String forwarded = request.header("X-Forwarded-For");
    return forwarded == null
        ? request.ip()
        : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
  }

  private static void later(Context request, String reason) {
    request.header("Retry-After", RETRY_AFTER_SECONDS);
    plain(request, 503, reason);
  }

  /**
   * Nothing of the error is told to the caller, and no message is logged: it may quote what is
   * secret.
   */
  private void unexpected(Exception error, Context request) {
    StackTraceElement[] trace = error.getStackTrace();
    LOG.error(
        "{} at {}", error.getClass().getName(), trace.length == 0 ? "unknown place" : trace[0]);
    plain(request, 500, "internal error");
  }

  private static void plain(Context request, int status, String text) {
    request
        .status(status)
        .contentType("text/plain; charset=utf-8")
        .result(status + " " + text + "\n");
  }
}
