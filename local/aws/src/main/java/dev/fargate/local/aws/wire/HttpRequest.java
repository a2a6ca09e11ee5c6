package dev.fargate.local.aws.wire;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One HTTP request, from a socket or from a client in the same thread.
 *
 * @param path with the query string, if any
 * @param headers by name without regard to case; the first value of each
 */
public record HttpRequest(String method, String path, Map<String, String> headers, byte[] body) {
  public HttpRequest {
    Map<String, String> lowerCased = new TreeMap<>();
    headers.forEach((name, value) -> lowerCased.put(name.toLowerCase(Locale.ROOT), value));
    headers = lowerCased;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
