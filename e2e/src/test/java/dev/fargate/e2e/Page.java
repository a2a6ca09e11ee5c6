package dev.fargate.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Phoenix' endpoints, asked as a browser would. */
final class Page {
  /** Ends a request that is never answered. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All of the 10,000 that Phoenix keeps, 200 a page. */
  private static final int LOG_PAGES = 50;

  private final URI url;

  Page(URI url) {
    this.url = url;
  }

  /**
   * An answer.
   *
   * @param instance which server answered; empty when none did
   */
  record Answer(int status, String version, String instance, String body) {}

  Answer get(String path) {
    try {
      HttpResponse<String> response =
          HTTP.send(
              HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("X-Phoenix-Version").orElse(""),
          response.headers().firstValue("X-Phoenix-Instance").orElse(""),
          response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(url + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether the log in the database has a request of this path. */
  boolean isLogged(String path) {
    for (int page = 1; page <= LOG_PAGES; page++) {
      Answer answer = get("/querylogs?size=200&page=" + page);
      if (answer.status() != 200) {
        return false;
      }
      if (answer.body().contains('"' + path + '"')) {
        return true;
      }
    }
    return false;
  }

  /** {@code connected}, {@code connecting} or {@code disconnected}. */
  String databaseState() {
    Answer answer = get("/checkdbConn");
    if (answer.status() != 200) {
      return "HTTP " + answer.status();
    }
    try {
      JsonNode json = JSON.readTree(answer.body());
      return json.path("connectionStatus").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }
}
