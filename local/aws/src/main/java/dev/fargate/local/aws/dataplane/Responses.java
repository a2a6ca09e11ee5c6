package dev.fargate.local.aws.dataplane;

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
    String title = status + " " + phrase(status);
    String page =
        "<html>\r\n<head><title>"
            + title
            + "</title></head>\r\n<body>\r\n<center><h1>"
            + title
            + "</h1></center>\r\n</body>\r\n</html>\r\n";
    return new Response(
        status,
        List.of(new Head.Header("Content-Type", "text/html")),
        page.getBytes(StandardCharsets.UTF_8));
  }

  static Response fixed(RouteAction.FixedResponse action) {
    byte[] body = action.body().getBytes(StandardCharsets.UTF_8);
    String type = action.contentType() == null ? "text/plain" : action.contentType();
    return new Response(
        action.status(), List.of(new Head.Header("Content-Type", type + "; charset=utf-8")), body);
  }

  static Response redirect(RouteAction.Redirect action, RequestLine request, int port) {
    String target =
        fill(action.protocol(), request, port).toLowerCase(java.util.Locale.ROOT)
            + "://"
            + fill(action.host(), request, port)
            + ":"
            + fill(action.port(), request, port)
            + fill(action.path(), request, port);
    String query = fill(action.query(), request, port);
    String location = query.isEmpty() ? target : target + "?" + query;
    return new Response(
        action.status(),
        List.of(
            new Head.Header("Location", location), new Head.Header("Content-Type", "text/html")),
        new byte[0]);
  }

  private static String fill(String text, RequestLine request, int port) {
    return text.replace("#{protocol}", "http")
        .replace("#{host}", request.host())
        .replace("#{port}", String.valueOf(port))
        .replace("#{path}", request.path().substring(Math.min(1, request.path().length())))
        .replace("#{query}", request.query());
  }
}
