package dev.fargate.e2e;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Clients that ask for one path at a fixed rate, each on a kept connection of its own. Written on
 * bare sockets: a library's client would repeat a request whose connection ended, and hide what
 * this is to show.
 */
final class SteadyLoad implements AutoCloseable {
  /**
   * Ends a request that is never answered. On a busy machine several certificates in a row have
   * taken longer than half a minute.
   */
  private static final int PATIENCE_MILLIS = 120_000;

  private final ScheduledExecutorService threads;
  private final List<Client> clients = new ArrayList<>();
  private final URI url;
  private final Object lock = new Object();
  private final Set<String> versions = new TreeSet<>();
  private final Set<String> instances = new TreeSet<>();
  private final List<String> failures = new ArrayList<>();
  private int answers;
  private int reused;

  /**
   * Begins.
   *
   * @param requestsPerSecond of all clients together; a late client catches up
   */
  SteadyLoad(URI url, int clients, int requestsPerSecond) {
    this.url = url;
    this.threads =
        Executors.newScheduledThreadPool(
            clients,
            body -> {
              Thread thread = new Thread(body, "load");
              thread.setDaemon(true);
              return thread;
            });
    long period = TimeUnit.SECONDS.toNanos(clients) / requestsPerSecond;
    for (int i = 0; i < clients; i++) {
      Client client = new Client();
      this.clients.add(client);
      threads.scheduleAtFixedRate(client::ask, i * period / clients, period, TimeUnit.NANOSECONDS);
    }
  }

  /** Answers with status 200 so far. */
  int answers() {
    synchronized (lock) {
      return answers;
    }
  }

  /** Answers that came over a connection that had already been used. */
  int answersOnKeptConnections() {
    synchronized (lock) {
      return reused;
    }
  }

  /** What the answers told as their version. */
  Set<String> versions() {
    synchronized (lock) {
      return new TreeSet<>(versions);
    }
  }

  /** Which servers answered. */
  Set<String> instances() {
    synchronized (lock) {
      return new TreeSet<>(instances);
    }
  }

  /** Other statuses than 200, and connections that ended without an answer; should be empty. */
  List<String> failures() {
    synchronized (lock) {
      return List.copyOf(failures);
    }
  }

  /** Ends after the requests under way. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("a request does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    clients.forEach(Client::hangUp);
  }

  private void note(Map<String, String> head, boolean kept) {
    synchronized (lock) {
      answers++;
      reused += kept ? 1 : 0;
      versions.add(head.getOrDefault("x-phoenix-version", ""));
      instances.add(head.getOrDefault("x-phoenix-instance", ""));
    }
  }

  private void fail(String what) {
    synchronized (lock) {
      failures.add(what);
    }
  }

  /** One connection at a time, one request at a time. */
  private final class Client {
    private Socket socket;
    private InputStream in;

    void ask() {
      boolean kept = socket != null;
      try {
        if (!kept) {
          socket = new Socket(url.getHost(), url.getPort());
          socket.setSoTimeout(PATIENCE_MILLIS);
          socket.setTcpNoDelay(true);
          in = new java.io.BufferedInputStream(socket.getInputStream());
        }
        String request =
            "GET " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line();
        Map<String, String> head = head();
        int length = Integer.parseInt(head.getOrDefault("content-length", "-1"));
        if (length < 0 || in.readNBytes(length).length < length) {
          throw new EOFException("the body is cut off or of unknown length: " + head);
        }
        if (status.startsWith("HTTP/1.1 200")) {
          note(head, kept);
        } else {
          fail(status);
        }
        if ("close".equalsIgnoreCase(head.get("connection"))) {
          hangUp();
        }
      } catch (IOException | RuntimeException e) {
        fail((kept ? "on a kept connection: " : "on a new connection: ") + e);
        hangUp();
      }
    }

    private Map<String, String> head() throws IOException {
      Map<String, String> head = new HashMap<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        head.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      return head;
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      while (true) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException("the connection ended within an answer, after: " + line);
        }
        if (next == '\n') {
          return line.toString().stripTrailing();
        }
        line.append((char) next);
      }
    }

    void hangUp() {
      try {
        if (socket != null) {
          socket.close();
        }
      } catch (IOException e) {
        fail("closing: " + e);
      }
      socket = null;
    }
  }
}
