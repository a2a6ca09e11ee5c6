package dev.fargate.local.quickstart.progress;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** For a terminal: the same table again and again, in place. */
final class RedrawnTable implements View {
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final int columns;
  private final int height;
  private List<Row> shown = List.of();
  private int lines;

  RedrawnTable(PrintStream out, int columns, int height) {
    this.out = out;
    this.columns = columns;
    this.height = height;
  }

  @Override
  public void show(List<Row> all) {
    List<Row> rows = fitting(all);
    if (rows.equals(shown)) {
      return;
    }
    StringBuilder screen = new StringBuilder();
    if (lines > 0) {
      screen.append(String.format(UP, lines));
    }
    append(screen, Columns.header());
    rows.forEach(row -> append(screen, Columns.of(row)));
    screen.append(CLEAR_BELOW);
    out.print(screen);
    out.flush();
    lines = rows.size() + 1;
    shown = rows;
  }

  @Override
  public void leave() {
    lines = 0;
    shown = List.of();
  }

  /**
   * The cursor cannot go up beyond the screen: what changed last is shown, objects before what they
   * have. The header and the line of the cursor take one each.
   */
  private List<Row> fitting(List<Row> all) {
    int room = Math.max(1, height - 2);
    if (all.size() <= room) {
      return all;
    }
    Set<Row> kept =
        all.stream()
            .sorted(
                Comparator.comparing(Row::isPart)
                    .thenComparing(Row::since, Comparator.reverseOrder()))
            .limit(room)
            .collect(Collectors.toSet());
    return all.stream().filter(kept::contains).toList();
  }

  /** A line that wraps would take two lines of the screen, and the table would creep down. */
  private void append(StringBuilder screen, String line) {
    screen
        .append(line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1)))
        .append(CLEAR_TO_END_OF_LINE)
        .append('\n');
  }
}
