package dev.fargate.local.aws.dataplane;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The start line and headers of a request or a response.
 *
 * @param start the three parts of the start line; the last may be empty in a response
 * @param headers in order as received
 */
record Head(List<String> start, List<Header> headers) {
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** These concern one connection only and are never passed on (RFC 9110, 7.6.1). */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect");

  record Header(String name, String value) {}

  static Header header(String line) throws HttpFault {
    int colon = line.indexOf(':');
    if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
      throw new HttpFault(400, "not a header: " + line);
    }
    return new Header(line.substring(0, colon), line.substring(colon + 1).trim());
  }

  Optional<String> first(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  List<String> all(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /** Whether a comma-separated header holds a token, whatever its case. */
  boolean lists(String name, String token) {
    for (String value : all(name)) {
      for (String each : value.split(",")) {
        if (each.trim().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }

  Map<String, List<String>> byLowerCaseName() {
    Map<String, List<String>> map = new LinkedHashMap<>();
    for (Header header : headers) {
      map.computeIfAbsent(header.name().toLowerCase(Locale.ROOT), key -> new ArrayList<>())
          .add(header.value());
    }
    return map;
  }

  /** The headers that a proxy passes on. */
  List<Header> endToEnd() {
    Set<String> dropped = new HashSet<>(HOP_BY_HOP);
    for (String value : all("Connection")) {
      for (String each : value.split(",")) {
        dropped.add(each.trim().toLowerCase(Locale.ROOT));
      }
    }
    return headers.stream()
        .filter(header -> !dropped.contains(header.name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  /**
   * How the end of the body is told, by the headers alone.
   *
   * @param otherwise what no header at all means: nothing in a request, until the end in a response
   * @throws HttpFault when headers contradict each other, which is how requests are smuggled
   */
  Framing framing(Framing otherwise) throws IOException {
    List<String> encodings = all("Transfer-Encoding");
    Set<String> lengths = new HashSet<>(all("Content-Length"));
    if (!encodings.isEmpty()) {
      if (!lengths.isEmpty()) {
        throw new HttpFault(400, "both Transfer-Encoding and Content-Length");
      }
      if (encodings.size() > 1 || !encodings.get(0).equalsIgnoreCase("chunked")) {
        throw new HttpFault(501, "Transfer-Encoding " + encodings);
      }
      return Framing.chunked();
    }
    if (lengths.isEmpty()) {
      return otherwise;
    }
    String length = lengths.iterator().next();
    if (lengths.size() > 1 || !length.matches("[0-9]{1,18}")) {
      throw new HttpFault(400, "Content-Length " + lengths);
    }
    return Framing.fixed(Long.parseLong(length));
  }
}
