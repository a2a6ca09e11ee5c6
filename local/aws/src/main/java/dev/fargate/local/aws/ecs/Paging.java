package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Struct;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Pages of keys. The token names the last key given. */
final class Paging {
  private Paging() {}

  /**
   * One page of sorted keys under {@code member}, and {@code nextToken} if more follow. Entries
   * made or removed between two pages neither repeat nor hide others.
   *
   * @param defaultSize what AWS gives without {@code maxResults}
   * @param maxSize above it the call is refused
   */
  static Struct page(
      Struct input, String member, List<String> sortedKeys, int defaultSize, int maxSize) {
    List<String> rest =
        after(input).isEmpty()
            ? sortedKeys
            : sortedKeys.stream().filter(key -> key.compareTo(after(input)) > 0).toList();
    return first(input, member, rest, defaultSize, maxSize);
  }

  /** The same for keys in an order of their own; a token whose key is gone is refused. */
  static Struct pageInOrder(
      Struct input, String member, List<String> keys, int defaultSize, int maxSize) {
    int start = 0;
    if (!after(input).isEmpty()) {
      start = keys.indexOf(after(input)) + 1;
      if (start == 0) {
        throw EcsError.invalid("Invalid token.");
      }
    }
    return first(input, member, keys.subList(start, keys.size()), defaultSize, maxSize);
  }

  private static Struct first(
      Struct input, String member, List<String> rest, int defaultSize, int maxSize) {
    int size = input.integer("maxResults").orElse(defaultSize);
    if (size < 1 || size > maxSize) {
      throw EcsError.invalid("maxResults must be between 1 and " + maxSize + ", was " + size + ".");
    }
    List<String> page = List.copyOf(rest.subList(0, Math.min(size, rest.size())));
    Struct output = Struct.of().with(member, page);
    if (rest.size() > page.size()) {
      output.with("nextToken", encode(page.get(page.size() - 1)));
    }
    return output;
  }

  private static String after(Struct input) {
    return input.string("nextToken").map(Paging::decode).orElse("");
  }

  private static String encode(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw EcsError.invalid("Invalid token.");
    }
  }
}
