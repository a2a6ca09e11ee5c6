package dev.fargate.local.kube.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One call to the API, free of sockets: what arrives over http and what a test in virtual time
 * calls directly look the same.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param path the decoded path, such as {@code /api/v1/namespaces/default/secrets}
 * @param headers by lower-case name
 * @param body never null, empty when there is none
 */
public record KubeRequest(
    String method, String path, Query query, Map<String, String> headers, byte[] body) {

  private static final byte[] EMPTY = {};

  /** A request without body. */
  public static KubeRequest of(String method, String pathAndQuery) {
    return of(method, pathAndQuery, EMPTY);
  }

  /** A request with a JSON body, unless {@link #header} says another content type. */
  public static KubeRequest of(String method, String pathAndQuery, String body) {
    return of(method, pathAndQuery, body.getBytes(StandardCharsets.UTF_8));
  }

  /** A request with a JSON body, unless {@link #header} says another content type. */
  public static KubeRequest of(String method, String pathAndQuery, byte[] body) {
    int mark = pathAndQuery.indexOf('?');
    String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
    Query query = Query.parse(mark < 0 ? null : pathAndQuery.substring(mark + 1));
    return new KubeRequest(method, path, query, Map.of(), body);
  }

  /** The same request with one more header. */
  public KubeRequest header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name.toLowerCase(Locale.ROOT), value);
    return new KubeRequest(method, path, query, more, body);
  }

  /** A header's value, or the empty string. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /**
   * The content type without its parameters, lower case; {@code application/json} when there is
   * none.
   */
  public String contentType() {
    String value = header("content-type").toLowerCase(Locale.ROOT);
    int semicolon = value.indexOf(';');
    String plain = (semicolon < 0 ? value : value.substring(0, semicolon)).trim();
    return plain.isEmpty() ? "application/json" : plain;
  }
}
