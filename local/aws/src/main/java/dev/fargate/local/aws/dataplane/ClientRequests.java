package dev.fargate.local.aws.dataplane;

import dev.fargate.local.aws.elb.Entrance;
import dev.fargate.local.aws.elb.RequestLine;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Reads what a client asks for, and writes it as a load balancer asks its target. */
final class ClientRequests {
  private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z_-]{0,39}");
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  /** Set by the load balancer, whatever the client says. */
  private static final Set<String> OURS =
      Set.of("x-forwarded-for", "x-forwarded-proto", "x-forwarded-port");

  private ClientRequests() {}

  /**
   * @throws HttpFault when it is no HTTP/1.x request that a load balancer would pass on
   */
  static RequestLine line(Head head, Socket client) throws HttpFault {
    String method = head.start().get(0);
    String version = head.start().get(2);
    if (!METHOD.matcher(method).matches() || method.equals("CONNECT")) {
      throw new HttpFault(400, "method " + method);
    }
    if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
      throw new HttpFault(400, "version " + version);
    }
    if (head.lists("Upgrade", "websocket")) {
      throw new HttpFault(501, "WebSocket is not supported by the local load balancer");
    }
    List<String> hosts = head.all("Host");
    if (hosts.size() > 1 || (hosts.isEmpty() && version.equals("HTTP/1.1"))) {
      throw new HttpFault(400, "a request has exactly one Host header");
    }
    String target = origin(head.start().get(1));
    int question = target.indexOf('?');
    return new RequestLine(
        method,
        hosts.isEmpty() ? "" : hosts.get(0).replaceFirst(":[0-9]+$", ""),
        question < 0 ? target : target.substring(0, question),
        question < 0 ? "" : target.substring(question + 1),
        client.getInetAddress().isLoopbackAddress()
            ? "127.0.0.1"
            : client.getInetAddress().getHostAddress(),
        head.byLowerCaseName());
  }

  private static String origin(String target) throws HttpFault {
    if (target.startsWith("/") || target.equals("*")) {
      return target;
    }
    if (target.startsWith("http://") || target.startsWith("https://")) {
      int slash = target.indexOf('/', target.indexOf("//") + 2);
      return slash < 0 ? "/" : target.substring(slash);
    }
    throw new HttpFault(400, "request target " + target);
  }

  /** The head to send to the target, complete with its empty line. */
  static String forTarget(Head head, RequestLine request, Entrance entrance, Framing body) {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append(' ').append(request.path());
    if (!request.query().isEmpty()) {
      text.append('?').append(request.query());
    }
    text.append(" HTTP/1.1\r\n");
    for (Head.Header header : head.endToEnd()) {
      if (!OURS.contains(header.name().toLowerCase(Locale.ROOT))) {
        append(text, header.name(), header.value());
      }
    }
    if (head.first("Host").isEmpty()) {
      append(text, "Host", "localhost"); // An HTTP/1.0 client may send none; a target needs one.
    }
    String earlier = String.join(", ", head.all(FORWARDED_FOR));
    append(text, FORWARDED_FOR, (earlier.isEmpty() ? "" : earlier + ", ") + request.sourceIp());
    append(text, "X-Forwarded-Proto", entrance.secure() ? "https" : "http");
    append(text, "X-Forwarded-Port", String.valueOf(entrance.port()));
    if (head.first("X-Amzn-Trace-Id").isEmpty()) {
      append(text, "X-Amzn-Trace-Id", traceId());
    }
    if (body.kind() == Framing.Kind.CHUNKED) {
      append(text, "Transfer-Encoding", "chunked");
    }
    return text.append("Connection: keep-alive\r\n\r\n").toString();
  }

  private static void append(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }

  private static String traceId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return String.format(
        "Root=1-%08x-%08x%016x",
        Instant.now().getEpochSecond(), random.nextInt(), random.nextLong());
  }
}
