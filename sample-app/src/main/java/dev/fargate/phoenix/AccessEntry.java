package dev.fargate.phoenix;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * One answered request. The query string is not kept: callers put secrets there.
 *
 * @param id sorts by time, unique across instances; see {@link #nextId}
 * @param path as sent, percent-encoded, at most {@value #MAX_PATH} characters
 * @param millis from the first byte read to the answer made
 * @param client the address that the load balancer saw, or that connected
 * @param userAgent printable characters only; "-" if none was sent
 */
record AccessEntry(
    String id,
    Instant time,
    String method,
    String path,
    int status,
    long millis,
    String client,
    String userAgent,
    String instance) {

  static final int MAX_PATH = 256;
  static final int MAX_USER_AGENT = 200;

  private static final Pattern ID = Pattern.compile("[0-9a-f]{12}-[0-9a-f]{8}-[0-9a-f]{8}");
  private static final Pattern CLIENT = Pattern.compile("[0-9A-Fa-f:.\\[\\]]{1,45}");
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]|\"");
  private static final int PROCESS = new SecureRandom().nextInt();
  private static final AtomicInteger COUNTER = new AtomicInteger();

  AccessEntry {
    path = shortened(path, MAX_PATH);
    client = CLIENT.matcher(client).matches() ? client : "-";
    userAgent =
        shortened(
            userAgent == null ? "-" : UNPRINTABLE.matcher(userAgent).replaceAll("?"),
            MAX_USER_AGENT);
  }

  /**
   * An id that sorts by time: milliseconds, this process, a counter. It doubles as MongoDB's {@code
   * _id}, so the newest entries, a stable page and the oldest to drop are all found by the index
   * every collection has, and writing the same entry twice is harmless.
   */
  static String nextId(Instant time) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(time.toEpochMilli(), 12)
        + "-"
        + hex.toHexDigits(PROCESS)
        + "-"
        + hex.toHexDigits(COUNTER.getAndIncrement());
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** The line for the container's log. */
  String line() {
    return method
        + " "
        + path
        + " "
        + status
        + " "
        + millis
        + "ms client="
        + client
        + " agent=\""
        + userAgent
        + "\"";
  }

  private static String shortened(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }
}
