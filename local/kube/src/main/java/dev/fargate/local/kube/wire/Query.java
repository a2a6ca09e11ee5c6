package dev.fargate.local.kube.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The query parameters of a request. A parameter that is present but empty counts as absent, as in
 * Kubernetes.
 */
public record Query(Map<String, List<String>> values) {

  /** No parameters. */
  public static final Query NONE = new Query(Map.of());

  /** Reads {@code a=b&c=d}; null or empty gives {@link #NONE}. */
  public static Query parse(String raw) {
    if (raw == null || raw.isEmpty()) {
      return NONE;
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      values.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(decode(value));
    }
    return new Query(values);
  }

  /** The first value, or the empty string. */
  public String first(String name) {
    List<String> all = values.get(name);
    return all == null ? "" : all.get(0);
  }

  /** Whether there is a value that is not empty. */
  public boolean has(String name) {
    return !first(name).isEmpty();
  }

  /**
   * Kubernetes' reading of a boolean: absent, {@code false} and {@code 0} are false; anything else
   * is true.
   */
  public boolean flag(String name) {
    List<String> all = values.get(name);
    return all != null && !all.get(0).equalsIgnoreCase("false") && !all.get(0).equals("0");
  }

  /**
   * A whole number, or empty when absent.
   *
   * @throws StatusError 400 when it is not a number
   */
  public OptionalLong number(String name) {
    if (!has(name)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(first(name)));
    } catch (NumberFormatException e) {
      throw StatusError.badRequest(
          "query parameter " + name + " must be a whole number, but is \"" + first(name) + "\"");
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
