package dev.fargate.local.kube.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.fargate.local.kube.route.KubeApi;
import dev.fargate.local.kube.wire.Json;
import dev.fargate.local.kube.wire.KubeRequest;
import dev.fargate.local.kube.wire.KubeResponse;
import dev.fargate.local.kube.wire.Query;
import dev.fargate.local.kube.wire.StatusError;
import dev.fargate.local.kube.wire.WatchStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between http exchanges and the API. */
public final class HttpFront {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

  /**
   * How much of a body that is too large is still read: a client that is cut off while it sends
   * sees a reset connection and not the answer.
   */
  private static final long READ_ON = 64L * 1024 * 1024;

  /** etcd's limit for one object is 1.5 MiB; a body larger than twice that is no object. */
  private static final int LARGEST_BODY = 3 * 1024 * 1024;

  /**
   * How long a watch lives when its client does not say: half an hour, as a real server's least.
   */
  private static final Duration LONGEST_WATCH = Duration.ofMinutes(30);

  /** How long one look for events lasts; in between we see that the server is closing. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final KubeApi api;
  private volatile boolean closing;

  /** A front of an API. */
  public HttpFront(KubeApi api) {
    this.api = api;
  }

  /** Ends all watches soon. */
  public void close() {
    closing = true;
  }

  /** Answers one exchange and closes it. */
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (wantsWebSocket(exchange)) {
        refuseWebSocket(exchange);
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
      if (body.length > LARGEST_BODY) {
        readOn(exchange.getRequestBody());
      }
      KubeResponse response =
          body.length > LARGEST_BODY
              ? StatusError.of(413, "RequestEntityTooLarge", "limit is " + LARGEST_BODY + " bytes")
                  .response()
              : answer(exchange, body);
      if (response instanceof KubeResponse.Complete complete) {
        send(exchange, complete);
      } else if (response instanceof KubeResponse.Streaming streaming) {
        stream(exchange, streaming.stream());
      }
    }
  }

  private static void readOn(InputStream body) throws IOException {
    byte[] unused = new byte[64 * 1024];
    long left = READ_ON;
    for (int read = 0; read >= 0 && left > 0; left -= read) {
      read = body.read(unused);
    }
  }

  private KubeResponse answer(HttpExchange exchange, byte[] body) {
    try {
      return api.handle(request(exchange, body));
    } catch (IllegalArgumentException e) {
      return StatusError.badRequest("the URL cannot be read: " + e.getMessage()).response();
    }
  }

  private static KubeRequest request(HttpExchange exchange, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    Query query = Query.parse(exchange.getRequestURI().getRawQuery());
    return new KubeRequest(
        exchange.getRequestMethod(), exchange.getRequestURI().getPath(), query, headers, body);
  }

  /**
   * fabric8 tries a WebSocket first and takes a complete answer other than 101 as "use plain http".
   * An error code would make it retry with a growing delay, so the answer is 200.
   */
  private static void refuseWebSocket(HttpExchange exchange) throws IOException {
    StatusError error = StatusError.badRequest("WebSocket is not spoken here: watch by plain http");
    send(exchange, KubeResponse.json(200, error.status()));
  }

  private static boolean wantsWebSocket(HttpExchange exchange) {
    return "websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"));
  }

  private static void send(HttpExchange exchange, KubeResponse.Complete answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    for (String warning : answer.warnings()) {
      exchange
          .getResponseHeaders()
          .add("Warning", "299 - \"" + warning.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(
        answer.code(), head || answer.bytes().length == 0 ? -1 : answer.bytes().length);
    if (!head) {
      exchange.getResponseBody().write(answer.bytes());
    }
  }

  private void stream(HttpExchange exchange, WatchStream stream) throws IOException {
    long seconds =
        Query.parse(exchange.getRequestURI().getRawQuery()).number("timeoutSeconds").orElse(0);
    Duration life = seconds > 0 ? Duration.ofSeconds(seconds) : LONGEST_WATCH;
    long end = System.nanoTime() + life.toNanos();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    try (stream;
        OutputStream out = exchange.getResponseBody()) {
      while (!stream.ended() && !closing && System.nanoTime() < end) {
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        Optional<ObjectNode> event = stream.next(left.compareTo(LOOK) < 0 ? left : LOOK);
        if (event.isPresent()) {
          out.write(Json.bytes(event.get()));
          out.write('\n');
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.debug("a watcher went away: {}", e.toString());
    }
  }
}
