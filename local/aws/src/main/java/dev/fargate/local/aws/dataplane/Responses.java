package dev.fargate.local.aws.dataplane;

import dev.fargate.local.aws.elb.Entrance;
import dev.fargate.local.aws.elb.RequestLine;
import dev.fargate.local.aws.elb.RouteAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The answers a load balancer gives by itself. */
final class Responses {
  private static final Map<Integer, String> PHRASES =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(301, "Moved Permanently"),
          Map.entry(302, "Found"),
          Map.entry(400, "Bad Request"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(414, "Request-URI Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Temporarily Unavailable"),
          Map.entry(504, "Gateway Time-out"));

  private Responses() {}

  /** A whole response. */
  record Response(int status, List<Head.Header> headers, byte[] body) {}

  static String phrase(int status) {
    return PHRASES.getOrDefault(status, "Status " + status);
  }

  /** A failure, with the short page an application load balancer shows. */
  static Response failure(int status) {
    return failure(status, status + " " + phrase(status));
  }

  /** What a client gets that speaks plain HTTP to an HTTPS listener. */
  static Response plainText() {
    return failure(400, "400 The plain HTTP request was sent to HTTPS port");
  }

  private static Response failure(int status, String title) {
    return new Response(status, List.of(new Head.Header("Content-Type", "text/html")), page(title));
  }

  private static byte[] page(String title) {
    String page =
        "<html>\r\n<head><title>"
            + title
            + "</title></head>\r\n<body>\r\n<center><h1>"
            + title
            + "</h1></center>\r\n</body>\r\n</html>\r\n";
    return page.getBytes(StandardCharsets.UTF_8);
  }

  static Response fixed(RouteAction.FixedResponse action) {
    byte[] body = action.body().getBytes(StandardCharsets.UTF_8);
    String type = action.contentType() == null ? "text/plain" : action.contentType();
    return new Response(
        action.status(), List.of(new Head.Header("Content-Type", type + "; charset=utf-8")), body);
  }

  static Response redirect(RouteAction.Redirect action, RequestLine request, Entrance entrance) {
    String target =
        fill(action.protocol(), request, entrance).toLowerCase(java.util.Locale.ROOT)
            + "://"
            + fill(action.host(), request, entrance)
            + ":"
            + fill(action.port(), request, entrance)
            + fill(action.path(), request, entrance);
    String query = fill(action.query(), request, entrance);
    String location = query.isEmpty() ? target : target + "?" + query;
    return new Response(
        action.status(),
        List.of(
            new Head.Header("Location", location), new Head.Header("Content-Type", "text/html")),
        page(action.status() + " " + phrase(action.status())));
  }

  private static String fill(String text, RequestLine request, Entrance entrance) {
    return text.replace("#{protocol}", entrance.protocol())
        .replace("#{host}", request.host())
        .replace("#{port}", String.valueOf(entrance.port()))
        .replace("#{path}", request.path().substring(Math.min(1, request.path().length())))
        .replace("#{query}", request.query());
  }
}
