package dev.fargate.phoenix;

import java.util.Iterator;
import java.util.Map;

/**
 * Writes JSON (RFC 8259). Forty lines instead of a library: a library's classes would double the
 * start-up time.
 */
final class Json {
  private Json() {}

  /**
   * Renders a value.
   *
   * @param value null, a Boolean, a Number, a Map (keys by {@code toString}), an Iterable, or
   *     anything else by its {@code toString}
   */
  static String of(Object value) {
    StringBuilder out = new StringBuilder();
    write(out, value);
    return out.toString();
  }

  private static void write(StringBuilder out, Object value) {
    if (value == null || value instanceof Boolean || value instanceof Number) {
      out.append(value);
    } else if (value instanceof Map<?, ?> map) {
      out.append('{');
      for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
        Map.Entry<?, ?> entry = i.next();
        text(out, String.valueOf(entry.getKey()));
        out.append(": ");
        write(out, entry.getValue());
        out.append(i.hasNext() ? ", " : "");
      }
      out.append('}');
    } else if (value instanceof Iterable<?> items) {
      out.append('[');
      for (Iterator<?> i = items.iterator(); i.hasNext(); ) {
        write(out, i.next());
        out.append(i.hasNext() ? ", " : "");
      }
      out.append(']');
    } else {
      text(out, value.toString());
    }
  }

  private static void text(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
            out.append("\\u").append(Character.forDigit(c >> 12, 16));
            out.append(Character.forDigit(c >> 8 & 15, 16));
            out.append(Character.forDigit(c >> 4 & 15, 16));
            out.append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
