package dev.fargate.local.aws.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The URI of a REST operation: literal segments and labels, {@code /tags/{resourceArn}}; a last
 * label {@code {key+}} takes several segments. A slash at the end means nothing: clients and models
 * differ in it.
 */
record UriTemplate(List<String> segments) {

  static UriTemplate parse(String uri) {
    if (uri.indexOf('?') >= 0) {
      throw new IllegalArgumentException(uri + " has a query string, which the codec cannot route");
    }
    return new UriTemplate(split(uri));
  }

  /** How many segments are no labels: of two templates that fit, the one with more is meant. */
  int literals() {
    return (int) segments.stream().filter(segment -> !isLabel(segment)).count();
  }

  /**
   * The decoded labels by name when this template fits.
   *
   * @param path as sent, without the query string
   */
  Optional<Map<String, String>> match(String path) {
    List<String> parts = split(path);
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (i >= parts.size()) {
        return Optional.empty();
      }
      if (segment.endsWith("+}")) {
        String rest = String.join("/", parts.subList(i, parts.size()));
        labels.put(segment.substring(1, segment.length() - 2), decoded(rest));
        return Optional.of(labels);
      }
      String part = decoded(parts.get(i));
      if (isLabel(segment)) {
        if (part.isEmpty()) {
          return Optional.empty();
        }
        labels.put(segment.substring(1, segment.length() - 1), part);
      } else if (!segment.equals(part)) {
        return Optional.empty();
      }
    }
    return parts.size() == segments.size() ? Optional.of(labels) : Optional.empty();
  }

  /** Percent-decoded; a plus sign stays one. */
  static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new AwsException("SerializationException", "'" + text + "' is not URL-encoded");
    }
  }

  private static boolean isLabel(String segment) {
    return segment.startsWith("{");
  }

  private static List<String> split(String path) {
    String bare = path.startsWith("/") ? path.substring(1) : path;
    return List.of(
        (bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare).split("/", -1));
  }
}
