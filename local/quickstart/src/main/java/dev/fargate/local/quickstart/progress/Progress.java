package dev.fargate.local.quickstart.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers since when each thing is in its state. */
public final class Progress {
  private record Seen(String state, Duration since) {}

  private final Map<String, Seen> seen = new HashMap<>();

  /**
   * The rows to show.
   *
   * @param objects in the order to show them; each is followed by what it has in AWS
   * @param now time since the start
   */
  public List<Row> look(List<ObjectState> objects, Duration now) {
    List<Row> rows = new ArrayList<>();
    for (ObjectState object : objects) {
      String state =
          object.running().isEmpty() ? object.state() : object.state() + " " + object.running();
      rows.add(row(object.title(), object.title(), state, object.detail(), now));
      for (ObjectState.Resource resource : object.resources()) {
        String key = object.title() + "/" + resource.kind() + "/" + resource.id();
        String label = Row.INDENT + resource.kind() + " " + resource.id();
        rows.add(row(key, label, resource.state(), "", now));
      }
    }
    return rows;
  }

  private Row row(String key, String label, String state, String detail, Duration now) {
    Seen before = seen.get(key);
    if (before == null || !before.state().equals(state)) {
      before = new Seen(state, now);
      seen.put(key, before);
    }
    return new Row(label, state, before.since(), detail);
  }
}
