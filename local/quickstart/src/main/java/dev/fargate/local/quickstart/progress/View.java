package dev.fargate.local.quickstart.progress;

import java.io.PrintStream;
import java.util.List;

/** Shows rows while they change. */
public interface View {
  /** Shows the present rows; called several times a second. */
  void show(List<Row> rows);

  /** Leaves what is shown as it is: something else will be printed below it. */
  void leave();

  /**
   * The view for this output.
   *
   * @param columns width of the terminal; 0 when the output is none
   * @param lines height of the terminal
   */
  static View on(PrintStream out, int columns, int lines) {
    return columns > 0 ? new RedrawnTable(out, columns, lines) : new ChangeLines(out);
  }
}
