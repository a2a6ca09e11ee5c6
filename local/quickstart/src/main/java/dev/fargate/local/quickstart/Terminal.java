package dev.fargate.local.quickstart;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Where the quickstart speaks.
 *
 * @param columns width; 0 when the output is no terminal
 * @param lines height of the terminal
 * @param startNanos {@link System#nanoTime()} of the start of the program
 */
record Terminal(PrintStream out, int columns, int lines, long startNanos) {
  /** The script tells the size: the JVM cannot know it. */
  private static final String COLUMNS = "quickstart.columns";

  private static final String LINES = "quickstart.lines";

  static Terminal standard() {
    // The JVM's own start counts: a person waits for it, too. What the script builds before does
    // not.
    long running =
        TimeUnit.MILLISECONDS.toNanos(
            System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime());
    return new Terminal(
        System.out,
        Integer.getInteger(COLUMNS, 0),
        Integer.getInteger(LINES, 0),
        System.nanoTime() - running);
  }

  Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
