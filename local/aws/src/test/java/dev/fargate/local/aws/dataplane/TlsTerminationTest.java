package dev.fargate.local.aws.dataplane;

import static dev.fargate.local.aws.dataplane.Targets.LISTENER;
import static dev.fargate.local.aws.dataplane.Targets.forward;
import static dev.fargate.local.aws.dataplane.Targets.otherwise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fargate.local.aws.acm.Certificate;
import dev.fargate.local.aws.acm.Certificates;
import dev.fargate.local.aws.elb.RouteAction;
import dev.fargate.local.aws.elb.RoutingTable;
import dev.fargate.local.aws.metrics.InMemoryMetrics;
import dev.fargate.local.aws.time.VirtualScheduler;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real clients, real sockets, real handshakes. */
@Timeout(60)
class TlsTerminationTest {
  private static final String SHOP = "arn:shop";
  private static final String ALL_OF_SHOP = "arn:all-of-shop";
  private static final String OTHER = "arn:other";
  private static final String PLAIN = "arn:plain";
  private static final List<String> BOTH = List.of("TLSv1.2", "TLSv1.3");

  private final VirtualScheduler clock = new VirtualScheduler(Instant.now());
  private final Certificates certificates =
      new Certificates(
          clock,
          List.of(
              new Certificate(SHOP, "shop.example.com", List.of()),
              new Certificate(ALL_OF_SHOP, "example.com", List.of("*.example.com")),
              new Certificate(OTHER, "other.example.org", List.of())));
  private final LocalLoadBalancer balancer =
      new LocalLoadBalancer(clock, new InMemoryMetrics(clock), certificates);
  private final Targets targets = new Targets();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private int port;

  @BeforeEach
  void open() throws IOException {
    port = Targets.freePort();
    balancer.open(LISTENER, port);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    balancer.close();
    targets.close();
  }

  private RoutingTable table(RoutingTable.Tls tls, RouteAction action, RoutingTable.Target target) {
    Map<String, List<RoutingTable.Target>> groups = new HashMap<>();
    if (target != null) {
      groups.put("app", List.of(target));
    }
    RoutingTable plain = Targets.table(port, groups, otherwise(action));
    return new RoutingTable(
        Map.of(
            LISTENER,
            new RoutingTable.ListenerRoutes(
                port, true, tls, Duration.ofSeconds(30), List.of(otherwise(action)))),
        plain.pools());
  }

  private void serve(RoutingTable.Target target, List<String> protocols, String... arns) {
    balancer.route(table(new RoutingTable.Tls(List.of(arns), protocols), forward("app"), target));
  }

  /** Trusts all certificates of this test, as a browser does that was told to. */
  private SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (String arn : List.of(SHOP, ALL_OF_SHOP, OTHER)) {
      store.setCertificateEntry(arn, certificates.identity(arn).certificate());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private HttpClient client() throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(trusting())
        .build();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path)).build();
  }

  private HttpResponse<String> get(HttpClient client, String path) throws Exception {
    return client.send(request(path), HttpResponse.BodyHandlers.ofString());
  }

  /** The certificate that a client is shown that asks for a host. */
  private X509Certificate shownTo(String host) throws Exception {
    try (SSLSocket socket =
        (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
      if (host != null) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
      }
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private X509Certificate certificateOf(String arn) {
    return certificates.identity(arn).certificate();
  }

  @Test
  void anHttpsClientGetsItsAnswerThroughTlsAndTheTargetLearnsThatItWas() throws Exception {
    Map<String, String> seen = new ConcurrentHashMap<>();
    serve(
        targets.target(
            exchange -> {
              exchange.getRequestHeaders().forEach((name, all) -> seen.put(name, all.toString()));
              byte[] body = exchange.getRequestBody().readAllBytes();
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
              exchange.close();
            }),
        BOTH,
        SHOP);
    String large = "x".repeat(300_000);
    HttpResponse<String> answer =
        client()
            .send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/echo"))
                    .POST(HttpRequest.BodyPublishers.ofString(large))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(large);
    assertThat(answer.sslSession()).isPresent();
    assertThat(seen)
        .containsEntry("X-forwarded-proto", "[https]")
        .containsEntry("X-forwarded-port", "[" + port + "]");
  }

  @Test
  void aClientThatDoesNotTrustTheCertificateRefusesIt() throws Exception {
    serve(targets.saying("x"), BOTH, SHOP);
    HttpClient strict = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    assertThatThrownBy(() -> get(strict, "/")).isInstanceOf(SSLException.class);
  }

  @Test
  void theCertificateIsChosenByTheNameTheClientAsksFor() throws Exception {
    serve(targets.saying("x"), BOTH, OTHER, ALL_OF_SHOP, SHOP);
    assertThat(shownTo("shop.example.com")).isEqualTo(certificateOf(SHOP));
    assertThat(shownTo("api.example.com")).isEqualTo(certificateOf(ALL_OF_SHOP));
    assertThat(shownTo("EXAMPLE.com")).isEqualTo(certificateOf(ALL_OF_SHOP));
    assertThat(shownTo("elsewhere.net")).isEqualTo(certificateOf(OTHER));
    assertThat(shownTo(null)).isEqualTo(certificateOf(OTHER));
  }

  @Test
  void aPolicyWithTls13OnlyRefusesOlderClients() throws Exception {
    serve(targets.saying("x"), List.of("TLSv1.3"), SHOP);
    SSLContext context = trusting();
    try (SSLSocket old = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      old.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThatThrownBy(old::startHandshake).isInstanceOf(IOException.class);
    }
    try (SSLSocket young = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      young.startHandshake();
      assertThat(young.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }
  }

  @Test
  void plainHttpOnAnHttpsPortIsToldSo() throws Exception {
    serve(targets.saying("x"), BOTH, SHOP);
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: a.b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer)
          .startsWith("HTTP/1.1 400 ")
          .contains("The plain HTTP request was sent to HTTPS port");
    }
  }

  @Test
  void aClientThatNeverShakesHandsHoldsNobodyUp() throws Exception {
    serve(targets.saying("x"), BOTH, SHOP);
    try (Socket silent = new Socket("127.0.0.1", port);
        Socket rude = new Socket("127.0.0.1", port)) {
      rude.getOutputStream().write(new byte[] {22, 3, 1, 0, 5, 1, 2, 3, 4, 5});
      assertThat(get(client(), "/").body()).isEqualTo("x");
      assertThat(silent.isConnected()).isTrue();
    }
  }

  @Test
  void aRedirectNamesHostPortPathAndQueryOfWhatWasAsked() throws Exception {
    int plainPort = Targets.freePort();
    balancer.open(PLAIN, plainPort);
    RouteAction keepAll =
        new RouteAction.Redirect(
            "HTTPS", "#{host}", String.valueOf(port), "/#{path}", "#{query}", 301);
    RouteAction rewrite =
        new RouteAction.Redirect(
            "#{protocol}",
            "www.#{host}",
            "#{port}",
            "/moved/#{path}",
            "from=#{port}&#{query}",
            302);
    RoutingTable secure = table(new RoutingTable.Tls(List.of(SHOP), BOTH), rewrite, null);
    Map<String, RoutingTable.ListenerRoutes> listeners = new HashMap<>(secure.listeners());
    listeners.put(
        PLAIN,
        new RoutingTable.ListenerRoutes(
            plainPort, true, null, Duration.ofSeconds(30), List.of(otherwise(keepAll))));
    balancer.route(new RoutingTable(listeners, Map.of()));

    HttpResponse<String> first =
        client()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://localhost:" + plainPort + "/a%20b/c?x=1&y=%2F"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(first.statusCode()).isEqualTo(301);
    String location = first.headers().firstValue("Location").orElseThrow();
    assertThat(location).isEqualTo("https://localhost:" + port + "/a%20b/c?x=1&y=%2F");
    assertThat(first.body()).contains("301 Moved Permanently");

    HttpResponse<String> second = get(client(), "/p?q=1");
    assertThat(second.statusCode()).isEqualTo(302);
    assertThat(second.headers().firstValue("Location"))
        .contains("https://www.localhost:" + port + "/moved/p?from=" + port + "&q=1");
  }

  @Test
  void whileCertificatesChangeNoConnectionFails() throws Exception {
    RoutingTable.Target target = targets.saying("served");
    serve(target, BOTH, SHOP);
    AtomicBoolean changing = new AtomicBoolean(true);
    AtomicInteger answered = new AtomicInteger();
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    ConcurrentHashMap<X509Certificate, Boolean> shown = new ConcurrentHashMap<>();
    HttpClient keepAlive = client();
    Runnable onOneConnection =
        () -> {
          while (changing.get()) {
            try {
              assertThat(get(keepAlive, "/").body()).isEqualTo("served");
              answered.incrementAndGet();
            } catch (Exception | AssertionError e) {
              failures.add(e);
            }
          }
        };
    Runnable onNewConnections =
        () -> {
          while (changing.get()) {
            try {
              shown.put(shownTo("shop.example.com"), true);
              assertThat(get(client(), "/").body()).isEqualTo("served");
              answered.incrementAndGet();
            } catch (Exception | AssertionError e) {
              failures.add(e);
            }
          }
        };
    threads.execute(onOneConnection);
    threads.execute(onNewConnections);
    List<List<String>> certificateLists =
        List.of(List.of(SHOP), List.of(SHOP, OTHER), List.of(OTHER, SHOP), List.of(ALL_OF_SHOP));
    for (int i = 0; i < 40; i++) {
      serve(target, BOTH, certificateLists.get(i % 4).toArray(String[]::new));
      int before = answered.get();
      await().until(() -> answered.get() > before || !failures.isEmpty());
    }
    changing.set(false);
    assertThat(failures).isEmpty();
    assertThat(shown).containsKeys(certificateOf(SHOP), certificateOf(ALL_OF_SHOP));
  }

  @Test
  void aConnectionThatIsOpenIsServedOnWhenTheListenerLeavesHttps() throws Exception {
    RoutingTable.Target target = targets.saying("served");
    serve(target, BOTH, SHOP);
    HttpClient before = client();
    assertThat(get(before, "/").body()).isEqualTo("served");
    balancer.route(table(null, forward("app"), target));
    assertThat(get(before, "/").body()).isEqualTo("served");
    HttpClient plain = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    assertThat(
            plain
                .send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/")).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body())
        .isEqualTo("served");
  }

  @Test
  void aClosedListenerEndsIdleTlsConnectionsAtOnce() throws Exception {
    serve(targets.saying("x"), BOTH, SHOP);
    try (SSLSocket idle =
        (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
      idle.startHandshake();
      balancer.close(LISTENER);
      assertThat(idle.getInputStream().read()).isEqualTo(-1);
    }
  }
}
