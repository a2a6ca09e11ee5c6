package dev.fargate.local.quickstart.progress;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How long each phase took; phases follow each other. */
public final class Phases {
  private final Supplier<Duration> sinceStart;
  private final Map<String, Duration> ends = new LinkedHashMap<>();

  /**
   * @param sinceStart time since the start of the program
   */
  public Phases(Supplier<Duration> sinceStart) {
    this.sinceStart = sinceStart;
  }

  /** Ends a phase now; it began when the one before ended, the first one at the start. */
  public void ended(String phase) {
    ends.put(phase, sinceStart.get());
  }

  /** A line per phase with its seconds, and one for all. */
  public String table() {
    StringBuilder table = new StringBuilder(line("PHASE", "SECONDS"));
    Duration before = Duration.ZERO;
    for (Map.Entry<String, Duration> phase : ends.entrySet()) {
      table.append(line(phase.getKey(), seconds(phase.getValue().minus(before))));
      before = phase.getValue();
    }
    return table.append(line("all", seconds(before))).toString();
  }

  private static String seconds(Duration time) {
    return String.format(java.util.Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }

  private static String line(String phase, String seconds) {
    return String.format("%-44s %8s%n", phase, seconds);
  }
}
