package dev.fargate.local.quickstart.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Asks Phoenix through its load balancer, as a browser would. */
public final class PhoenixPage {
  /** An idle server on this machine answers in milliseconds; a quarter of a vCPU may be busy. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();
  private final ObjectMapper json = new ObjectMapper();

  private final URI url;

  /**
   * @param url of the page, from the app's status
   */
  public PhoenixPage(URI url) {
    this.url = url;
  }

  /** What is wrong with the page itself; empty when it is shown. */
  public Optional<String> page() {
    return problem("/", body -> body.contains("/querylogs"), "it is not Phoenix' page");
  }

  /** What is wrong with the way to the database; empty when the server is connected. */
  public Optional<String> database() {
    return problem(
        "/checkdbConn",
        body -> parse(body).path("connectionStatus").asText().equals("connected"),
        "the database is not connected");
  }

  /** What is wrong with the log in the database; empty when requests made before are in it. */
  public Optional<String> log() {
    return problem(
        "/querylogs",
        body -> !parse(body).path("entries").isEmpty(),
        "the access log in the database is empty");
  }

  /** What is wrong with writing a request of this path to the log; empty when it is in there. */
  public Optional<String> write(String path) {
    ask(path);
    return isLogged(path);
  }

  /**
   * What is wrong with the log; empty when a request of this path, made before, is in it. Goes from
   * page to page by what each says is next: while the log cannot be read, a look adds one request
   * to it and not one a page.
   */
  public Optional<String> isLogged(String path) {
    AtomicReference<String> next = new AtomicReference<>("/querylogs?size=200");
    Optional<String> problem;
    do {
      problem =
          problem(
              next.getAndSet(""),
              body -> {
                next.set(parse(body).path("next").asText(""));
                return body.contains('"' + path + '"');
              },
              "no entry of " + path);
    } while (problem.isPresent() && !next.get().isEmpty());
    return problem;
  }

  /** Only the request counts: it is logged whatever is answered. */
  private void ask(String path) {
    problem(path, body -> true, "");
  }

  private interface Expectation {
    boolean holds(String body);
  }

  private Optional<String> problem(String path, Expectation expected, String otherwise) {
    URI address = url.resolve(path);
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(address).timeout(ANSWER).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        return Optional.of("GET %s: HTTP %d".formatted(address, answer.statusCode()));
      }
      return expected.holds(answer.body())
          ? Optional.empty()
          : Optional.of("GET %s: %s: %s".formatted(address, otherwise, start(answer.body())));
    } catch (IOException e) {
      return Optional.of("GET %s: %s".formatted(address, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("GET %s: interrupted".formatted(address));
    }
  }

  private JsonNode parse(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException notJson) {
      return json.missingNode();
    }
  }

  private static String start(String body) {
    return body.substring(0, Math.min(body.length(), 200)).strip();
  }
}
