package dev.fargate.local.aws.dataplane;

import static dev.fargate.local.aws.dataplane.Targets.LISTENER;
import static dev.fargate.local.aws.dataplane.Targets.forward;
import static dev.fargate.local.aws.dataplane.Targets.otherwise;
import static dev.fargate.local.aws.dataplane.Targets.table;
import static dev.fargate.local.aws.dataplane.Targets.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fargate.local.aws.acm.Certificates;
import dev.fargate.local.aws.elb.Condition;
import dev.fargate.local.aws.elb.RouteAction;
import dev.fargate.local.aws.elb.RoutingTable;
import dev.fargate.local.aws.elb.TargetProbe;
import dev.fargate.local.aws.metrics.InMemoryMetrics;
import dev.fargate.local.aws.time.RealScheduler;
import dev.fargate.local.aws.time.VirtualScheduler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalLoadBalancerTest {
  private final VirtualScheduler clock =
      new VirtualScheduler(Instant.parse("2026-01-01T00:00:00Z"));
  private final InMemoryMetrics metrics = new InMemoryMetrics(clock);
  private final LocalLoadBalancer balancer =
      new LocalLoadBalancer(clock, metrics, new Certificates(clock, List.of()));
  private final Targets targets = new Targets();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int port;

  @BeforeEach
  void open() throws IOException {
    port = Targets.freePort();
    balancer.open(LISTENER, port);
  }

  @AfterEach
  void close() {
    balancer.close();
    targets.close();
  }

  private void route(Map<String, List<RoutingTable.Target>> groups, RoutingTable.Route... routes) {
    balancer.route(table(port, groups, routes));
  }

  private void routeTo(RoutingTable.Target... all) {
    route(Map.of("app", List.of(all)), otherwise(forward("app")));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends bytes as they are and returns the first line of the answer. */
  private String statusLine(String message) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.substring(0, answer.indexOf('\r'));
    }
  }

  @Test
  void rulesChooseByHostAndPath() throws Exception {
    route(
        Map.of("api", List.of(targets.saying("api")), "web", List.of(targets.saying("web"))),
        when(new Condition.Path(List.of("/api/*")), forward("api")),
        when(new Condition.Host(List.of("127.0.*.1")), forward("web")),
        otherwise(new RouteAction.FixedResponse(404, "text/plain", "nobody")));
    assertThat(get("/api/x?y=1").body()).isEqualTo("api");
    assertThat(get("/").body()).isEqualTo("web");
    assertThat(statusLine("GET / HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n"))
        .isEqualTo("HTTP/1.1 404 Not Found");
  }

  @Test
  void targetsTakeTurns() throws Exception {
    routeTo(targets.saying("a"), targets.saying("b"), targets.saying("c"));
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(get("/").body());
    }
    assertThat(answers).containsExactly("a", "b", "c", "a", "b", "c");
  }

  @Test
  void weightsShareTheRequestsAndAGroupOfWeightZeroGetsNone() throws Exception {
    RouteAction action =
        new RouteAction.Forward(
            List.of(
                new RouteAction.WeightedGroup("old", 1),
                new RouteAction.WeightedGroup("new", 1),
                new RouteAction.WeightedGroup("none", 0)));
    route(
        Map.of(
            "old", List.of(targets.saying("old")),
            "new", List.of(targets.saying("new")),
            "none", List.of(targets.saying("none"))),
        otherwise(action));
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      answers.add(get("/").body());
    }
    assertThat(answers).contains("old", "new").doesNotContain("none");
  }

  @Test
  void theTargetLearnsWhoAsked() throws Exception {
    Map<String, String> seen = new ConcurrentHashMap<>();
    routeTo(
        targets.target(
            exchange -> {
              exchange.getRequestHeaders().forEach((name, all) -> seen.put(name, all.toString()));
              exchange.sendResponseHeaders(204, -1);
              exchange.close();
            }));
    http.send(
        request("/").header("X-Forwarded-For", "10.9.8.7").header("X-Mine", "yes").build(),
        HttpResponse.BodyHandlers.discarding());
    assertThat(seen)
        .containsEntry("X-forwarded-for", "[10.9.8.7, 127.0.0.1]")
        .containsEntry("X-forwarded-proto", "[http]")
        .containsEntry("X-forwarded-port", "[" + port + "]")
        .containsEntry("X-mine", "[yes]")
        .containsEntry("Host", "[127.0.0.1:" + port + "]");
    assertThat(seen.get("X-amzn-trace-id")).startsWith("[Root=1-");
  }

  @Test
  void oneClientConnectionServesManyRequests() throws Exception {
    routeTo(targets.saying("x"));
    try (Socket socket = new Socket("127.0.0.1", port)) {
      HttpInput in = new HttpInput(socket.getInputStream());
      for (int i = 0; i < 5; i++) {
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: a.b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        Head head = in.head();
        assertThat(head.start().get(1)).isEqualTo("200");
        assertThat(head.first("Connection")).contains("keep-alive");
        in.copyBody(
            head.framing(Framing.NONE),
            new HttpInput.BodyOutput(OutputStream.nullOutputStream(), false));
      }
    }
  }

  @Test
  void withoutATargetTheAnswerIs503() throws Exception {
    routeTo();
    assertThat(get("/").statusCode()).isEqualTo(503);
  }

  @Test
  void aTargetThatRefusesIsA502AndOneBehindAClosedGroupA504() throws Exception {
    routeTo(Targets.at(Targets.freePort()));
    assertThat(get("/").statusCode()).isEqualTo(502);
    routeTo(new RoutingTable.Target("127.0.0.1", 1, false));
    assertThat(get("/").statusCode()).isEqualTo(504);
  }

  @Test
  void aTargetThatSaysNothingIsA504() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      balancer.route(
          table(
              port,
              Duration.ofMillis(200),
              Map.of("app", List.of(Targets.at(silent.getLocalPort()))),
              otherwise(forward("app"))));
      assertThat(get("/").statusCode()).isEqualTo(504);
    }
  }

  @Test
  void aRequestThatWasSentIsNeverSentAgain() throws Exception {
    AtomicInteger received = new AtomicInteger();
    try (ServerSocket dying = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      Thread thread =
          new Thread(
              () -> {
                while (!dying.isClosed()) {
                  try (Socket socket = dying.accept()) {
                    new HttpInput(socket.getInputStream()).head();
                    received.incrementAndGet();
                  } catch (IOException e) {
                    return;
                  }
                }
              });
      thread.setDaemon(true);
      thread.start();
      RoutingTable.Target bad = Targets.at(dying.getLocalPort());
      routeTo(bad, bad);
      assertThat(get("/").statusCode()).isEqualTo(502);
      assertThat(received).hasValue(1);
    }
  }

  @Test
  void aConnectionThatItsTargetHasClosedIsNotUsedAgain() throws Exception {
    try (ServerSocket closing = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      ConcurrentLinkedQueue<Socket> closed = new ConcurrentLinkedQueue<>();
      Thread thread =
          new Thread(
              () -> {
                while (!closing.isClosed()) {
                  try (Socket socket = closing.accept()) {
                    new HttpInput(socket.getInputStream()).head();
                    // Keep-alive is what it says, and then it closes.
                    socket
                        .getOutputStream()
                        .write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                                .getBytes(StandardCharsets.US_ASCII));
                    closed.add(socket);
                  } catch (IOException e) {
                    return;
                  }
                }
              });
      thread.setDaemon(true);
      thread.start();
      routeTo(Targets.at(closing.getLocalPort()));
      for (int i = 1; i <= 5; i++) {
        assertThat(get("/").statusCode()).isEqualTo(200);
        int soFar = i;
        await().until(() -> closed.size() == soFar && closed.stream().allMatch(Socket::isClosed));
      }
    }
  }

  @Test
  void aRequestInFlightIsFinishedWhileItsTargetGetsNoNewOnes() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    RoutingTable.Target old =
        targets.target(
            exchange -> {
              asked.countDown();
              try {
                goOn.await(20, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              exchange.sendResponseHeaders(200, 3);
              exchange.getResponseBody().write("old".getBytes(StandardCharsets.UTF_8));
              exchange.close();
            });
    routeTo(old);
    CompletableFuture<HttpResponse<String>> inFlight =
        http.sendAsync(request("/").build(), HttpResponse.BodyHandlers.ofString());
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    routeTo(targets.saying("new"));
    for (int i = 0; i < 4; i++) {
      assertThat(get("/").body()).isEqualTo("new");
    }
    goOn.countDown();
    assertThat(inFlight.get(20, TimeUnit.SECONDS).body()).isEqualTo("old");
  }

  @Test
  void aBodyIsPassedOnAsItComes() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    routeTo(
        targets.target(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write("first".getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
              try {
                seen.await(20, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              exchange.getResponseBody().write("second".getBytes(StandardCharsets.UTF_8));
              exchange.close();
            }));
    InputStream body =
        http.send(request("/").build(), HttpResponse.BodyHandlers.ofInputStream()).body();
    assertThat(new String(body.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("first");
    seen.countDown();
    assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("second");
  }

  private RoutingTable.Target echo() throws IOException {
    return targets.target(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getRequestBody().transferTo(exchange.getResponseBody());
          exchange.close();
        });
  }

  private static byte[] big() {
    byte[] big = new byte[8 * 1024 * 1024];
    for (int i = 0; i < big.length; i++) {
      big[i] = (byte) (i * 31);
    }
    return big;
  }

  @Test
  void bigBodiesPassInBothDirectionsAtOnce() throws Exception {
    routeTo(echo());
    byte[] big = big();
    String head = "POST / HTTP/1.1\r\nHost: a.b\r\nContent-Length: " + big.length + "\r\n\r\n";
    try (Socket socket = new Socket("127.0.0.1", port)) {
      CompletableFuture<Void> upload =
          CompletableFuture.runAsync(
              () -> {
                try {
                  socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                  socket.getOutputStream().write(big);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      HttpInput in = new HttpInput(socket.getInputStream());
      Head answer = in.head();
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      in.copyBody(answer.framing(Framing.NONE), new HttpInput.BodyOutput(body, false));
      upload.get(20, TimeUnit.SECONDS);
      assertThat(body.toByteArray()).isEqualTo(big);
    }
  }

  @Test
  void aChunkedUploadReachesTheTargetWhole() throws Exception {
    routeTo(
        targets.target(
            exchange -> {
              byte[] all = exchange.getRequestBody().readAllBytes();
              exchange.sendResponseHeaders(200, all.length);
              exchange.getResponseBody().write(all);
              exchange.close();
            }));
    byte[] big = big();
    HttpResponse<byte[]> answer =
        http.send(
            request("/")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big)))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.body()).isEqualTo(big);
  }

  @Test
  void aRequestWithABodyThatNobodyReadsStillGetsItsAnswer() throws Exception {
    route(Map.of(), otherwise(new RouteAction.FixedResponse(403, null, "no")));
    HttpResponse<String> answer =
        http.send(
            request("/").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[300_000])).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("no");
  }

  @Test
  void aRedirectKeepsWhatItDoesNotName() throws Exception {
    route(
        Map.of(),
        otherwise(
            new RouteAction.Redirect("HTTPS", "#{host}", "443", "/#{path}", "#{query}", 301)));
    HttpResponse<String> answer = get("/a/b?c=d");
    assertThat(answer.statusCode()).isEqualTo(301);
    assertThat(answer.headers().firstValue("Location")).contains("https://127.0.0.1:443/a/b?c=d");
  }

  @Test
  void aHeadRequestGetsTheHeadersAlone() throws Exception {
    routeTo(
        targets.target(
            exchange -> {
              exchange.getResponseHeaders().add("X-Long", "yes");
              exchange.sendResponseHeaders(200, -1);
              exchange.close();
            }));
    HttpResponse<String> answer =
        http.send(
            request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.headers().firstValue("X-Long")).contains("yes");
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void whatCouldSmuggleARequestIsRefused() throws Exception {
    routeTo(targets.saying("x"));
    String ambiguous =
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(statusLine(ambiguous)).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(statusLine("GET / HTTP/1.1\r\n\r\n")).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(statusLine("GET / HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n"))
        .isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(statusLine("GET / HTTP/1.1\r\nHost: a\r\nX: a\rInjected: b\r\n\r\n"))
        .isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(statusLine("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n"))
        .isEqualTo("HTTP/1.1 501 Not Implemented");
  }

  @Test
  void aWebSocketIsRefusedAndAnOfferOfHttp2Ignored() throws Exception {
    routeTo(targets.saying("x"));
    String upgrade = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: ";
    assertThat(statusLine(upgrade + "websocket\r\n\r\n")).isEqualTo("HTTP/1.1 501 Not Implemented");
    assertThat(statusLine(upgrade + "h2c\r\n\r\n")).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void anOldClientIsServedToo() throws Exception {
    routeTo(targets.saying("x"));
    assertThat(statusLine("GET / HTTP/1.0\r\n\r\n")).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void requestsAreCountedPerTargetGroup() throws Exception {
    routeTo(targets.saying("x"));
    for (int i = 0; i < 7; i++) {
      get("/");
    }
    clock.advance(Duration.ofMinutes(1));
    assertThat(
            metrics.sums(
                "AWS/ApplicationELB",
                "RequestCount",
                "targetgroup/app/1",
                Duration.ofMinutes(1),
                1))
        .containsExactly(OptionalDouble.of(7));
  }

  @Test
  void aPortThatSomebodyElseHoldsIsRefusedAndTheOldOneServesOn() throws Exception {
    routeTo(targets.saying("x"));
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> balancer.open(LISTENER, other.getLocalPort()))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1");
    }
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void aListenerThatIsClosedAcceptsNobody() throws Exception {
    routeTo(targets.saying("x"));
    get("/");
    balancer.close(LISTENER);
    assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(IOException.class);
  }

  @Test
  void manyClientsAreAnsweredEachTimeWhileTheTargetsChange() throws Exception {
    RoutingTable.Target a = targets.saying("a");
    RoutingTable.Target b = targets.saying("b");
    routeTo(a);
    ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      clients.add(CompletableFuture.runAsync(() -> ask(answers, 200)));
    }
    for (int i = 0; !clients.stream().allMatch(CompletableFuture::isDone); i++) {
      routeTo(i % 2 == 0 ? b : a);
      Thread.onSpinWait();
    }
    CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    assertThat(answers).hasSize(1600).containsOnly("a", "b");
  }

  private void ask(ConcurrentLinkedQueue<String> answers, int times) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      HttpInput in = new HttpInput(socket.getInputStream());
      for (int i = 0; i < times; i++) {
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: a.b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        Head head = in.head();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        in.copyBody(head.framing(Framing.NONE), new HttpInput.BodyOutput(body, false));
        answers.add(
            head.start().get(1).equals("200")
                ? body.toString(StandardCharsets.UTF_8)
                : head.start().toString());
      }
    } catch (IOException e) {
      answers.add(e.toString());
    }
  }

  @Test
  void aProbeTellsStatusRefusalAndSilenceApart() throws Exception {
    try (RealScheduler real = new RealScheduler(1);
        HttpProbe probe = new HttpProbe(real);
        ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      RoutingTable.Target ill =
          targets.target(
              exchange -> {
                exchange.sendResponseHeaders(500, -1);
                exchange.close();
              });
      assertThat(probe(probe, ill.port())).isEqualTo(new TargetProbe.Answer(500, false));
      assertThat(probe(probe, Targets.freePort())).isEqualTo(new TargetProbe.Answer(0, false));
      assertThat(probe(probe, silent.getLocalPort())).isEqualTo(new TargetProbe.Answer(0, true));
    }
  }

  @Test
  void aProbeByHttpsTakesAnyCertificateAndOneByHttpIsNotUnderstoodThere() throws Exception {
    try (RealScheduler real = new RealScheduler(1);
        HttpProbe probe = new HttpProbe(real)) {
      RoutingTable.Target encrypted = targets.encrypted(real, 204);
      RoutingTable.Target plain = targets.saying("plain");
      Duration enough = Duration.ofSeconds(10);
      assertThat(probe(probe, "HTTPS", encrypted.port(), enough).httpStatus()).isEqualTo(204);
      assertThat(probe(probe, "HTTP", encrypted.port(), enough).httpStatus()).isNotEqualTo(204);
      assertThat(probe(probe, "HTTPS", plain.port(), enough).httpStatus()).isZero();
    }
  }

  @Test
  void aProbeByHttpsWaitsForTheHandshakeNoLongerThanForAnAnswer() throws Exception {
    try (RealScheduler real = new RealScheduler(1);
        HttpProbe probe = new HttpProbe(real);
        ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      assertThat(probe(probe, "HTTPS", silent.getLocalPort(), Duration.ofMillis(300)))
          .isEqualTo(new TargetProbe.Answer(0, true));
    }
  }

  private static TargetProbe.Answer probe(HttpProbe probe, int port) throws Exception {
    return probe(probe, "HTTP", port, Duration.ofMillis(300));
  }

  private static TargetProbe.Answer probe(
      HttpProbe probe, String protocol, int port, Duration timeout) throws Exception {
    CompletableFuture<TargetProbe.Answer> answer = new CompletableFuture<>();
    probe.probe(
        new TargetProbe.Request("127.0.0.1", port, protocol, "/healthz", timeout),
        answer::complete);
    return answer.get(20, TimeUnit.SECONDS);
  }
}
