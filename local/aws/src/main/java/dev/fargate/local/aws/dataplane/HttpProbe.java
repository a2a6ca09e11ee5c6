package dev.fargate.local.aws.dataplane;

import dev.fargate.local.aws.elb.TargetProbe;
import dev.fargate.local.aws.time.Scheduler;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks targets for their health by a real HTTP request, outside the scheduler's lock. By HTTPS it
 * takes any certificate, as an Application Load Balancer does.
 */
public final class HttpProbe implements TargetProbe, Closeable {
  private static final String HTTPS = "HTTPS";
  private static final SSLContext ANY_CERTIFICATE = trustingAll();

  private final Scheduler scheduler;
  private final ExecutorService workers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "health-check");
            thread.setDaemon(true);
            return thread;
          });

  public HttpProbe(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public void probe(Request request, Consumer<Answer> answer) {
    try {
      workers.execute(
          () -> {
            Answer given = ask(request);
            scheduler.locked(
                () -> {
                  answer.accept(given);
                  return null;
                });
          });
    } catch (RejectedExecutionException e) {
      // The endpoint is closing: nobody waits for this answer any more.
    }
  }

  private static Answer ask(Request request) {
    long end = System.nanoTime() + request.timeout().toNanos();
    try (Socket connection = new Socket()) {
      connection.setTcpNoDelay(true);
      connection.connect(new InetSocketAddress(request.ip(), request.port()), millisUntil(end));
      // A handshake waits as long as the answer may take.
      connection.setSoTimeout(millisUntil(end));
      Socket socket = request.protocol().equals(HTTPS) ? encrypted(connection) : connection;
      socket.getOutputStream().write(message(request).getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(millisUntil(end));
      Head head = new HttpInput(socket.getInputStream()).head();
      if (head == null || !head.start().get(1).matches("[1-5][0-9]{2}")) {
        return new Answer(0, false);
      }
      return new Answer(Integer.parseInt(head.start().get(1)), false);
    } catch (SocketTimeoutException e) {
      return new Answer(0, true);
    } catch (IOException e) {
      return new Answer(0, false);
    }
  }

  private static Socket encrypted(Socket connection) throws IOException {
    return ANY_CERTIFICATE
        .getSocketFactory()
        .createSocket(
            connection, connection.getInetAddress().getHostAddress(), connection.getPort(), true);
  }

  private static SSLContext trustingAll() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** Extended, since the plain kind would still have the name compared. */
  private static final class AnyCertificate extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static String message(Request request) {
    return "GET "
        + request.path()
        + " HTTP/1.1\r\nHost: "
        + request.ip()
        + ":"
        + request.port()
        + "\r\nUser-Agent: ELB-HealthChecker/2.0\r\nAccept-Encoding: gzip, compressed\r\n"
        + "Connection: close\r\n\r\n";
  }

  /** At least one: zero would mean to wait for ever. */
  private static int millisUntil(long end) throws SocketTimeoutException {
    long left = (end - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("no time left");
    }
    return (int) left;
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
