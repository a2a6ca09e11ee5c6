package dev.fargate.local.aws.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * How a list operation gives its answer in pages. The token names the last entry given, so that
 * entries made or removed between two pages neither repeat nor hide others.
 *
 * @param token the name of the token member, in requests and answers
 * @param size the name of the page size member
 * @param defaultSize what AWS gives when the request names no size
 * @param maxSize above it the call is refused
 * @param refused makes the service's own error of a message
 */
public record Paging(
    String token,
    String size,
    int defaultSize,
    int maxSize,
    Function<String, AwsException> refused) {

  /**
   * The page that the request asks for, under {@code member}, and the token if more follow.
   *
   * @param entries all of them, in a stable order
   * @param key names an entry uniquely; where the entry of a token is gone the page starts at the
   *     first greater key
   */
  public <T> Struct page(Struct request, String member, List<T> entries, Function<T, String> key) {
    List<T> page = slice(request, entries, key);
    Struct answer = Struct.of().with(member, page);
    nextToken(entries, page, key, answer);
    return answer;
  }

  /** Only the entries of the page, for an answer that shows them in another form. */
  public <T> List<T> slice(Struct request, List<T> entries, Function<T, String> key) {
    int wanted = request.integer(size).orElse(defaultSize);
    if (wanted < 1 || wanted > maxSize) {
      throw refused.apply(size + " must be between 1 and " + maxSize + ", was " + wanted + ".");
    }
    int start = request.string(token).map(text -> start(decode(text), entries, key)).orElse(0);
    return List.copyOf(entries.subList(start, Math.min(start + wanted, entries.size())));
  }

  /** Adds the token to an answer whose page does not reach the end. */
  public <T> void nextToken(List<T> entries, List<T> page, Function<T, String> key, Struct answer) {
    if (page.isEmpty()) {
      return;
    }
    T last = page.get(page.size() - 1);
    if (last != entries.get(entries.size() - 1)) {
      answer.with(token, encode(key.apply(last)));
    }
  }

  private static <T> int start(String after, List<T> entries, Function<T, String> key) {
    int greater = entries.size();
    for (int i = entries.size() - 1; i >= 0; i--) {
      int order = key.apply(entries.get(i)).compareTo(after);
      if (order == 0) {
        return i + 1;
      }
      if (order > 0) {
        greater = i;
      }
    }
    return greater;
  }

  private static String encode(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private String decode(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused.apply("Invalid token.");
    }
  }
}
