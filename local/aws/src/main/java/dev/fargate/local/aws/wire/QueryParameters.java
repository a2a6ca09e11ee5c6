package dev.fargate.local.aws.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The form parameters of a query request as a tree: {@code Tags.member.1.Key=a} is four levels. A
 * node may have a value and children.
 */
final class QueryParameters {
  private String value;
  private final Map<String, QueryParameters> children = new LinkedHashMap<>();

  private QueryParameters() {}

  static QueryParameters parse(byte[] form) {
    QueryParameters root = new QueryParameters();
    String text = new String(form, StandardCharsets.UTF_8);
    for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      root.put(decode(key), decode(value));
    }
    return root;
  }

  /** The text at this node, or null. */
  String value() {
    return value;
  }

  Map<String, QueryParameters> children() {
    return children;
  }

  /** The child, or null. */
  QueryParameters child(String name) {
    return children.get(name);
  }

  private void put(String path, String text) {
    QueryParameters node = this;
    for (String part : path.split("\\.")) {
      node = node.children.computeIfAbsent(part, name -> new QueryParameters());
    }
    node.value = text;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new AwsException("MalformedQueryString", "'" + text + "' is not URL-encoded");
    }
  }
}
