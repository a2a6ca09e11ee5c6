package dev.fargate.local.aws.dataplane;

import dev.fargate.local.aws.elb.RequestLine;
import dev.fargate.local.aws.elb.RoutingTable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request with one target. It is sent once: whatever goes wrong after its first byte, no other
 * target and no second connection is tried, since the target may have acted on it.
 */
final class Exchange {
  /** The client's side of the exchange. */
  record Client(HttpInput in, OutputStream out, boolean http11, boolean again) {}

  private static final long UPLOAD_GRACE_MILLIS = 200;

  private final Client client;
  private final ClientConnection.Services services;
  private final String metricDimension;
  private final int patienceMillis;

  /**
   * @param metricDimension of the target's group
   */
  Exchange(
      Client client,
      ClientConnection.Services services,
      String metricDimension,
      int patienceMillis) {
    this.client = client;
    this.services = services;
    this.metricDimension = metricDimension;
    this.patienceMillis = patienceMillis;
  }

  /**
   * @param head to send to the target
   * @return whether the client's connection may serve another request
   */
  boolean forward(RoutingTable.Target target, String head, RequestLine request, Framing body)
      throws IOException {
    TargetConnection connection;
    try {
      connection = services.pool().take(target);
    } catch (SocketTimeoutException e) {
      return fail(504, body.empty());
    } catch (IOException e) {
      return fail(502, body.empty());
    }
    boolean reusable = false;
    try {
      connection.patience(patienceMillis);
      Future<Boolean> upload = send(connection, head, body);
      Head response;
      Framing answer;
      try {
        response = responseHead(connection);
        answer = responseBody(response, request);
        if (response.start().get(1).startsWith("5")) {
          services.counts().addServerError(metricDimension);
        }
      } catch (SocketTimeoutException e) {
        return fail(504, body.empty() || uploaded(upload));
      } catch (IOException e) {
        return fail(502, body.empty() || uploaded(upload));
      }
      boolean sent = uploaded(upload);
      boolean requestRead = body.empty() || sent;
      boolean goesOn = client.again() && requestRead && (client.http11() || answer.length() >= 0);
      respond(connection, response, answer, goesOn);
      reusable = sent && staysOpen(response, answer);
      return goesOn;
    } finally {
      if (reusable) {
        services.pool().giveBack(target, connection);
      } else {
        connection.close();
      }
    }
  }

  /**
   * Sends the request. Its body, if any, is sent by another thread, so that a target may answer
   * while it still reads. The result tells whether everything was sent.
   */
  private Future<Boolean> send(TargetConnection connection, String head, Framing body) {
    if (body.empty()) {
      return CompletableFuture.completedFuture(write(connection, head, body));
    }
    return CompletableFuture.supplyAsync(() -> write(connection, head, body), services.uploads());
  }

  private boolean write(TargetConnection connection, String head, Framing body) {
    Watched out = new Watched(connection.out());
    try {
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      boolean chunked = body.kind() == Framing.Kind.CHUNKED;
      if (body.empty()) {
        out.flush();
      } else {
        client.in().copyBody(body, new HttpInput.BodyOutput(out, chunked));
      }
      return true;
    } catch (IOException e) {
      if (!out.failed) {
        connection.close(); // The client broke off, so nobody needs the target's answer.
      }
      // Else the target may have answered before it closed: whoever reads the answer decides.
      return false;
    }
  }

  /** Remembers whether it was the writing that failed, and not the reading of what to write. */
  private static final class Watched extends FilterOutputStream {
    private boolean failed;

    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }

  /**
   * Whether the whole request was sent. A target mostly answers after it has read everything; then
   * the upload ends at about the same time as the answer comes.
   */
  private static boolean uploaded(Future<Boolean> upload) {
    try {
      return upload.get(UPLOAD_GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private static Head responseHead(TargetConnection connection) throws IOException {
    while (true) {
      Head head = connection.in().head();
      if (head == null
          || !head.start().get(0).startsWith("HTTP/1.")
          || !head.start().get(1).matches("[1-5][0-9]{2}")) {
        throw new HttpFault(502, "no HTTP response");
      }
      if (!head.start().get(1).startsWith("1")) {
        return head;
      }
      if (head.start().get(1).equals("101")) {
        throw new HttpFault(502, "the target switched protocols without being asked");
      }
    }
  }

  private void respond(TargetConnection connection, Head response, Framing body, boolean goesOn)
      throws IOException {
    boolean chunked = client.http11() && body.length() < 0;
    StringBuilder head = new StringBuilder("HTTP/1.1 ");
    head.append(response.start().get(1)).append(' ').append(response.start().get(2));
    head.append("\r\n");
    for (Head.Header header : response.endToEnd()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
    }
    head.append("Connection: ").append(goesOn ? "keep-alive" : "close").append("\r\n\r\n");
    client.out().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (!connection.in().buffered()) {
      client.out().flush(); // The body may take its time, as a stream of events does.
    }
    try {
      connection.in().copyBody(body, new HttpInput.BodyOutput(client.out(), chunked));
    } catch (HttpFault fault) {
      throw new IOException("the target's body is malformed; too late to say so", fault);
    }
  }

  /** Whether the target's connection can carry another request. */
  private static boolean staysOpen(Head response, Framing body) {
    return body.kind() != Framing.Kind.UNTIL_CLOSE
        && response.start().get(0).equals("HTTP/1.1")
        && !response.lists("Connection", "close");
  }

  private static Framing responseBody(Head response, RequestLine request) throws IOException {
    return withoutBody(response, request) ? Framing.NONE : response.framing(Framing.UNTIL_CLOSE);
  }

  private static boolean withoutBody(Head response, RequestLine request) {
    String status = response.start().get(1);
    return request.method().equals("HEAD") || status.equals("204") || status.equals("304");
  }

  private boolean fail(int status, boolean requestRead) throws IOException {
    Responses.Response response = Responses.failure(status);
    boolean again = client.again() && requestRead;
    String head =
        "HTTP/1.1 "
            + status
            + " "
            + Responses.phrase(status)
            + "\r\nServer: awselb/2.0\r\nContent-Type: text/html\r\nContent-Length: "
            + response.body().length
            + "\r\nConnection: "
            + (again ? "keep-alive" : "close")
            + "\r\n\r\n";
    client.out().write(head.getBytes(StandardCharsets.ISO_8859_1));
    client.out().write(response.body());
    client.out().flush();
    return again;
  }
}
