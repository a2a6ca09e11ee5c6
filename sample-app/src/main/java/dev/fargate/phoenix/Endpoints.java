package dev.fargate.phoenix;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server answers. The page at {@code /} is made from the same list as the routes. */
final class Endpoints {
  /** Marks a request after whose answer the process ends; see {@link Crash}. */
  static final String CRASH_ATTRIBUTE = "dev.fargate.phoenix.crash";

  /** One core is all a small task has: a second worker would only make both slower. */
  static final int CERTIFICATE_WORKERS = 1;

  static final int CERTIFICATE_QUEUE = 8;

  /** Reading the log waits for the database, so it may not take the server's threads. */
  private static final int LOG_READERS = 2;

  private static final int LOG_READER_QUEUE = 16;

  private static final int DEFAULT_PAGE_SIZE = 50;
  private static final int MAX_PAGE_SIZE = 200;
  private static final Set<String> LOG_PARAMETERS = Set.of("page", "size", "before");
  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

  private final Settings settings;
  private final DatabaseLink link;
  private final LogStore logs;
  private final WorkQueue certificates =
      new WorkQueue("certificates", CERTIFICATE_WORKERS, CERTIFICATE_QUEUE);
  private final WorkQueue logReaders = new WorkQueue("log-readers", LOG_READERS, LOG_READER_QUEUE);

  /**
   * The request cannot be answered as it is; the message says which parameter is wrong. Becomes
   * 400.
   */
  static final class BadRequest extends RuntimeException {
    BadRequest(String message) {
      super(message);
    }
  }

  Endpoints(Settings settings, DatabaseLink link, LogStore logs) {
    this.settings = settings;
    this.link = link;
    this.logs = logs;
  }

  /** All of them, in the order in which the page shows them. */
  List<Endpoint> all() {
    return List.of(
        new Endpoint("/", "This page.", this::index),
        new Endpoint(
            "/crash",
            "Answers, then ends the process with status 1. Something should start another.",
            this::crash),
        new Endpoint(
            "/generatecert",
            "Makes a fresh 2048-bit RSA key and a self-signed certificate, as JSON: real work for the CPU.",
            this::generateCertificate),
        new Endpoint("/certRender", "The same as a page.", this::renderCertificate),
        new Endpoint(
            "/checkdbConn", "Says whether the database is connected.", this::checkDatabase),
        new Endpoint(
            "/querylogs",
            "The access log from the database, newest first; ?page=1&size=50, or &before=an entry's id.",
            this::queryLogs),
        new Endpoint(
            "/healthz",
            "Says that the server is alive, whatever the database does.",
            this::health));
  }

  private void index(Context request) {
    request.contentType(ContentType.TEXT_HTML).result(Pages.index(settings, all()));
  }

  private void health(Context request) {
    json(request, Map.of("status", "ok"));
  }

  private void crash(Context request) {
    LOG.error("crash asked for: exiting with status {}", Crash.STATUS);
    request.attribute(CRASH_ATTRIBUTE, true);
    request.result(
        "Instance " + settings.instance() + " ends now with status " + Crash.STATUS + ".\n");
  }

  private void generateCertificate(Context request) {
    request.future(
        () ->
            certificates
                .submit("certificates", Certificate::generate)
                .thenAccept(certificate -> json(request, certificate.asMap())));
  }

  private void renderCertificate(Context request) {
    request.future(
        () ->
            certificates
                .submit("certificates", Certificate::generate)
                .thenAccept(
                    certificate ->
                        request
                            .contentType(ContentType.TEXT_HTML)
                            .result(Pages.certificate(settings, certificate))));
  }

  private void checkDatabase(Context request) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("connectionStatus", link.state().word());
    answer.put("connectionString", link.shownAddress());
    json(request, answer);
  }

  private void queryLogs(Context request) {
    for (String name : request.queryParamMap().keySet()) {
      if (!LOG_PARAMETERS.contains(name)) {
        throw new BadRequest("unknown parameter: /querylogs takes page, size and before");
      }
    }
    int size = number(request, "size", DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
    int page = number(request, "page", 1, LogStore.MAX_ENTRIES);
    Optional<String> before = Optional.ofNullable(request.queryParam("before"));
    if (before.isPresent() && !AccessEntry.isId(before.get())) {
      throw new BadRequest("before must be the id of an entry");
    }
    request.future(
        () ->
            logReaders
                .submit("log readers", () -> logs.newest(before, (page - 1) * size, size + 1))
                .thenAccept(entries -> json(request, page(entries, page, size))));
  }

  /** One entry more than the page holds was asked for: that is how it knows of a next page. */
  private static Map<String, Object> page(List<Map<String, Object>> entries, int page, int size) {
    boolean more = entries.size() > size;
    List<Map<String, Object>> shown = more ? entries.subList(0, size) : entries;
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("page", page);
    answer.put("size", size);
    answer.put("entries", shown);
    // By id rather than by number: the pages behind it do not shift while new requests come in.
    answer.put(
        "next",
        more ? "/querylogs?size=" + size + "&before=" + shown.get(size - 1).get("id") : null);
    return answer;
  }

  private static int number(Context request, String name, int fallback, int max) {
    String text = request.queryParam(name);
    if (text == null) {
      return fallback;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message below
    }
    throw new BadRequest(name + " must be a whole number from 1 to " + max);
  }

  private static void json(Context request, Map<String, ?> answer) {
    request.contentType(ContentType.APPLICATION_JSON).result(Json.of(answer) + "\n");
  }
}
