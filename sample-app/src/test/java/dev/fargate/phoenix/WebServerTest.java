package dev.fargate.phoenix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
  private static final List<String> PATHS =
      List.of(
          "/", "/crash", "/generatecert", "/certRender", "/checkdbConn", "/querylogs", "/healthz");

  private static PhoenixProcess phoenix;

  @BeforeAll
  static void start() {
    phoenix = PhoenixProcess.start(Map.of("PHOENIX_VERSION", "7-blue"));
  }

  @AfterAll
  static void stop() {
    phoenix.close();
  }

  @Test
  void thePageListsEveryEndpointWithADescriptionAndAButtonToTryIt() {
    HttpResponse<String> page = phoenix.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    for (String path : PATHS) {
      assertThat(page.body())
          .containsPattern(
              "<form action=\""
                  + path
                  + "\" method=\"get\">\\s*<div><code>"
                  + path
                  + "</code><p>[A-Z][^<]+\\.</p></div>\\s*<button [^>]*>Try</button>");
    }
    assertThat(page.body()).doesNotContain("{{");
  }

  @Test
  void thePageLoadsNothingFromElsewhere() {
    assertThat(phoenix.get("/").body())
        .doesNotContain("http:", "https:", "src=", "@import", "url(")
        .doesNotContainPattern("href=\"(?!data:,)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthz", "/nowhere", "/querylogs?page=0"})
  void everyAnswerNamesItsVersionAndInstance(String path) {
    HttpResponse<String> answer = phoenix.get(path);
    assertThat(answer.headers().firstValue("X-Phoenix-Version")).hasValue("7-blue");
    assertThat(answer.headers().firstValue("X-Phoenix-Instance"))
        .isPresent()
        .isEqualTo(phoenix.get("/").headers().firstValue("X-Phoenix-Instance"));
    assertThat(phoenix.get("/").body()).contains("<b>7-blue</b>");
  }

  @Test
  void itIsHealthyWithoutADatabase() {
    assertThat(phoenix.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(phoenix.getJson("/checkdbConn"))
        .containsOnlyKeys("connectionStatus", "connectionString")
        .containsEntry("connectionStatus", "disconnected")
        .containsEntry("connectionString", "(DB_CONNECTION_STRING is not set)");
    HttpResponse<String> logs = phoenix.get("/querylogs");
    assertThat(logs.statusCode()).isEqualTo(503);
    assertThat(logs.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void anUnknownPathIsPlainlyNotFoundAndNotRepeated() {
    HttpResponse<String> answer = phoenix.get("/nowhere%3Cscript%3E");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
    assertThat(answer.body()).isEqualTo("404 Not Found\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void onlyGetCrashes(String method) throws Exception {
    HttpResponse<String> answer = send(method, "/crash");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    assertThat(phoenix.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void headAnswersWithoutDoingAnything() throws Exception {
    assertThat(send("HEAD", "/crash").statusCode()).isEqualTo(200);
    assertThat(send("HEAD", "/healthz").body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "page=0",
        "page=x",
        "size=201",
        "size=-1",
        "before=x",
        "offset=1",
        "page=99999999999"
      })
  void aWrongParameterOfTheLogIsRefusedByName(String query) {
    HttpResponse<String> answer = phoenix.get("/querylogs?" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains(
            query.startsWith("offset")
                ? "page, size and before"
                : query.split("=")[0] + " must be");
  }

  @Test
  void anIdleConnectionIsKeptLongerThanALoadBalancerKeepsIt() {
    assertThat(WebServer.IDLE_TIMEOUT).isGreaterThan(Duration.ofSeconds(60));
  }

  @Test
  void anAccessLineTellsWhatTheLoadBalancerSawAndNoQuery() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(phoenix.address().resolve("/healthz?token=s3cret"))
            .header("X-Forwarded-For", "10.0.0.1, 203.0.113.9")
            .header("User-Agent", "a \"quoted\" agent")
            .build();
    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    String expected =
        "GET /healthz 200 \\d+ms client=203\\.0\\.113\\.9 agent=\"a \\?quoted\\? agent\"";
    await()
        .atMost(Duration.ofMinutes(4))
        .untilAsserted(() -> assertThat(phoenix.output()).containsPattern(expected));
    assertThat(phoenix.output()).doesNotContain("s3cret");
  }

  @Test
  void itListensOnTheGivenAddressOnly() {
    assertThat(phoenix.address().getHost()).isEqualTo("127.0.0.1");
    // Every 127.x.y.z is this machine: a server on all addresses would be found here, too.
    assertThatThrownBy(() -> new Socket("127.0.0.2", phoenix.address().getPort()).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void aTakenPortAndAWrongSettingEndTheProcessWithAReason() {
    String taken = String.valueOf(phoenix.address().getPort());
    try (PhoenixProcess second = PhoenixProcess.launch(Map.of("PORT", taken))) {
      assertThat(second.exitStatus()).isEqualTo(3);
      assertThat(second.output()).contains("cannot listen on 127.0.0.1:" + taken);
    }
    try (PhoenixProcess second = PhoenixProcess.launch(Map.of("PORT", "http"))) {
      assertThat(second.exitStatus()).isEqualTo(2);
      assertThat(second.output()).contains("PORT must be a whole number");
    }
  }

  private static HttpResponse<String> send(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(phoenix.address().resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
