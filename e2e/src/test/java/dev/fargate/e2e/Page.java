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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Phoenix' endpoints, asked as a browser would. */
final class Page {
  /** Ends a request that is never answered. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The last part of an entry's id is a counter. */
  private static final String NEXT = "%08x";

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

  /**
   * A request that is in the log in the database.
   *
   * @param id sorts by time, as the log does
   */
  record Entry(String id, String path) {}

  /** The newest request of this path among the newest in the log, if the log can be read. */
  Optional<Entry> logged(String path) {
    return entries("/querylogs?size=200").stream()
        .filter(entry -> entry.path().equals(path))
        .findFirst();
  }

  /**
   * Whether the log still has this entry. Asks by its place and not from the newest on: each look
   * is logged as well, and would push it away.
   */
  boolean has(Entry entry) {
    String id = entry.id();
    int counter = id.lastIndexOf('-') + 1;
    String next =
        id.substring(0, counter)
            + NEXT.formatted(Integer.parseUnsignedInt(id.substring(counter), 16) + 1);
    return entries("/querylogs?size=1&before=" + next).equals(List.of(entry));
  }

  private List<Entry> entries(String query) {
    Answer answer = get(query);
    List<Entry> entries = new ArrayList<>();
    if (answer.status() == 200) {
      json(answer)
          .path("entries")
          .forEach(
              each -> entries.add(new Entry(each.path("id").asText(), each.path("path").asText())));
    }
    return entries;
  }

  /** {@code connected}, {@code connecting} or {@code disconnected}. */
  String databaseState() {
    Answer answer = get("/checkdbConn");
    if (answer.status() != 200) {
      return "HTTP " + answer.status();
    }
    return json(answer).path("connectionStatus").asText();
  }

  private static JsonNode json(Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }
}
