package dev.fargate.local.kube.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.store.Store;
import dev.fargate.local.kube.wire.Query;
import dev.fargate.local.kube.wire.StatusError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists in pieces. A begun list is kept until it is read to its end, so that all its pages show one
 * moment.
 */
final class Pages {
  /**
   * Begun lists that are kept; the oldest gives way and its next page answers 410, as after five
   * minutes on a real server.
   */
  private static final int KEPT = 64;

  /** List number and place in it; few enough digits to be numbers. */
  private static final Pattern TOKEN = Pattern.compile("(\\d{1,18}):(\\d{1,9})");

  private final Map<String, Store.Snapshot> begun = new LinkedHashMap<>();
  private long counter;

  /**
   * One page.
   *
   * @param next the token for the following page, empty after the last
   */
  record Page(long version, List<ObjectNode> objects, String next, int remaining) {}

  synchronized Page page(Query query, Supplier<Store.Snapshot> whole) {
    int limit = (int) Math.min(Integer.MAX_VALUE, query.number("limit").orElse(0));
    if (limit < 0) {
      throw StatusError.badRequest("limit must not be negative");
    }
    String token = query.first("continue");
    if (token.isEmpty()) {
      return cut(Long.toString(++counter), whole.get(), 0, limit);
    }
    Matcher parts = TOKEN.matcher(token);
    Store.Snapshot snapshot = parts.matches() ? begun.get(parts.group(1)) : null;
    if (snapshot == null || Integer.parseInt(parts.group(2)) > snapshot.objects().size()) {
      throw StatusError.expired(
          "The provided continue parameter is too old to display a consistent list result. Start a new list without it.");
    }
    return cut(parts.group(1), snapshot, Integer.parseInt(parts.group(2)), limit);
  }

  private Page cut(String id, Store.Snapshot snapshot, int from, int limit) {
    List<ObjectNode> all = snapshot.objects();
    int to = limit == 0 ? all.size() : Math.min(all.size(), from + limit);
    List<ObjectNode> piece = all.subList(from, to);
    if (to == all.size()) {
      begun.remove(id);
      return new Page(snapshot.version(), piece, "", 0);
    }
    begun.put(id, snapshot);
    if (begun.size() > KEPT) {
      begun.remove(begun.keySet().iterator().next());
    }
    return new Page(snapshot.version(), piece, id + ":" + to, all.size() - to);
  }
}
