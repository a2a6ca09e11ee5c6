package dev.fargate.local.kube.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.store.Store;
import dev.fargate.local.kube.wire.Query;
import dev.fargate.local.kube.wire.StatusError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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
    int colon = token.indexOf(':');
    Store.Snapshot snapshot = colon < 0 ? null : begun.get(token.substring(0, colon));
    if (snapshot == null) {
      throw StatusError.expired(
          "The provided continue parameter is too old to display a consistent list result. Start a new list without it.");
    }
    return cut(
        token.substring(0, colon), snapshot, Integer.parseInt(token.substring(colon + 1)), limit);
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
