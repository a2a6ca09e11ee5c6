package dev.fargate.local.quickstart.progress;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** For files and pipes: one line whenever the state of something changes. */
final class ChangeLines implements View {
  private final PrintStream out;
  private final Map<String, String> shown = new HashMap<>();

  ChangeLines(PrintStream out) {
    this.out = out;
    out.println(Columns.header());
  }

  @Override
  public void show(List<Row> rows) {
    for (Row row : rows) {
      if (!row.state().equals(shown.put(row.resource(), row.state()))) {
        out.println(Columns.of(row));
      }
    }
    out.flush();
  }

  @Override
  public void leave() {
    // Lines are never taken back.
  }
}
