package dev.fargate.local.aws.dataplane;

import dev.fargate.local.aws.elb.Entrance;
import dev.fargate.local.aws.elb.RequestLine;
import dev.fargate.local.aws.elb.RouteAction;
import dev.fargate.local.aws.elb.RoutingTable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;

/** One client's connection: its requests one after the other, until either side has had enough. */
final class ClientConnection implements Runnable {
  private static final int LINGER_MILLIS = 1000;

  /** As for an application load balancer; AWS does not say how long it waits. */
  private static final int HANDSHAKE_MILLIS = 10_000;

  private final String listenerArn;
  private final Services services;

  /** What the client is served through: at first the plain one, of HTTPS then the secure one. */
  private volatile Socket socket;

  private boolean secure;
  private HttpInput in;
  private OutputStream out;
  private volatile boolean idle = true;
  private volatile boolean ending;

  /** Whether the client may still be sending a body that nobody reads. */
  private boolean unread;

  /** What all connections share. */
  record Services(
      Router router, TargetPool pool, RequestCounts counts, TlsTermination tls, Executor uploads) {}

  ClientConnection(Socket socket, String listenerArn, Services services) {
    this.socket = socket;
    this.listenerArn = listenerArn;
    this.services = services;
  }

  /** Ends an idle connection now, a busy one after its response. */
  void end() {
    ending = true;
    if (idle) {
      close();
    }
  }

  @Override
  public void run() {
    try {
      boolean open = begin();
      while (open && !ending && serveOne()) {
        idle = true;
      }
    } catch (SocketTimeoutException e) {
      // The client was silent for the idle timeout.
    } catch (IOException e) {
      // The client has gone; there is nobody left to tell.
    } finally {
      if (unread) {
        linger();
      }
      close();
    }
  }

  /** Whether there is a connection to serve requests on: of HTTPS once hands have been shaken. */
  private boolean begin() throws IOException {
    RoutingTable.ListenerRoutes listener = services.router().table().listeners().get(listenerArn);
    if (listener == null) {
      return false;
    }
    if (listener.tls() != null) {
      socket.setSoTimeout(HANDSHAKE_MILLIS);
      try {
        socket = services.tls().accept(socket, listener.tls());
        secure = true;
      } catch (TlsTermination.PlainText plain) {
        out = socket.getOutputStream();
        unread = true;
        answer(Responses.plainText(), false, false);
        return false;
      }
    }
    in = new HttpInput(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
    return true;
  }

  /**
   * Closing while the client still sends would reset the connection, and the client might never
   * read its answer. So what comes is thrown away for a short while.
   */
  private void linger() {
    try {
      socket.shutdownOutput();
      socket.setSoTimeout(LINGER_MILLIS);
      byte[] thrownAway = new byte[16 * 1024];
      long end = System.nanoTime() + LINGER_MILLIS * 1_000_000L;
      while (socket.getInputStream().read(thrownAway) > 0 && System.nanoTime() - end < 0) {
        continue;
      }
    } catch (IOException e) {
      // The client has read enough, or is gone.
    }
  }

  /** Whether the connection may serve another request. */
  private boolean serveOne() throws IOException {
    RoutingTable.ListenerRoutes before = services.router().table().listeners().get(listenerArn);
    if (before == null) {
      return false;
    }
    socket.setSoTimeout((int) before.idleTimeout().toMillis());
    Head head;
    try {
      head = in.head();
    } catch (HttpFault fault) {
      unread = true;
      answer(Responses.failure(fault.status()), false, false);
      return false;
    }
    idle = false;
    if (head == null) {
      return false;
    }
    try {
      return serve(head);
    } catch (HttpFault fault) {
      unread = true;
      answer(Responses.failure(fault.status()), false, false);
      return false;
    }
  }

  private boolean serve(Head head) throws IOException {
    // One table for the whole request: the one that holds when its head has arrived.
    RoutingTable table = services.router().table();
    RoutingTable.ListenerRoutes listener = table.listeners().get(listenerArn);
    RequestLine request = ClientRequests.line(head, socket);
    Framing body = head.framing(Framing.NONE);
    boolean http11 = head.start().get(2).equals("HTTP/1.1");
    boolean again =
        http11 ? !head.lists("Connection", "close") : head.lists("Connection", "keep-alive");
    boolean bodyless = request.method().equals("HEAD");
    // The body of a request that no target gets is not read, so the connection cannot go on.
    boolean againUnread = again && body.empty();
    unread = !body.empty();
    if (listener == null || !listener.active()) {
      answer(Responses.failure(503), againUnread, bodyless);
      return againUnread;
    }
    Entrance entrance = new Entrance(secure, listener.port());
    RouteAction action = listener.choose(request);
    if (action instanceof RouteAction.FixedResponse fixed) {
      answer(Responses.fixed(fixed), againUnread, bodyless);
      return againUnread;
    }
    if (action instanceof RouteAction.Redirect redirect) {
      answer(Responses.redirect(redirect, request, entrance), againUnread, bodyless);
      return againUnread;
    }
    Optional<RoutingTable.Pool> pool = services.router().pool(table, (RouteAction.Forward) action);
    Optional<RoutingTable.Target> target = pool.flatMap(services.router()::next);
    if (target.isEmpty()) {
      answer(Responses.failure(503), againUnread, bodyless);
      return againUnread;
    }
    services.counts().add(pool.get().metricDimension());
    if (!target.get().reachable()) {
      // Its security groups drop the packets: AWS waits ten seconds and answers the same.
      answer(Responses.failure(504), againUnread, bodyless);
      return againUnread;
    }
    if (head.lists("Expect", "100-continue")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    Exchange exchange =
        new Exchange(
            new Exchange.Client(in, out, http11, again && !ending),
            services,
            pool.get().metricDimension(),
            (int) listener.idleTimeout().toMillis());
    String asked = ClientRequests.forTarget(head, request, entrance, body);
    boolean goesOn = exchange.forward(target.get(), asked, request, body);
    unread = !goesOn && !body.empty();
    return goesOn;
  }

  private void answer(Responses.Response response, boolean again, boolean bodyless)
      throws IOException {
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 ").append(response.status()).append(' ');
    head.append(Responses.phrase(response.status())).append("\r\n");
    head.append("Server: awselb/2.0\r\n");
    for (Head.Header header : response.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    head.append("Content-Length: ").append(response.body().length).append("\r\n");
    head.append("Connection: ").append(again ? "keep-alive" : "close").append("\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (!bodyless) {
      out.write(response.body());
    }
    out.flush();
  }

  private void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
