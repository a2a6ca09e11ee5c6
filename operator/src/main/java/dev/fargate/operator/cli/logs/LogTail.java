package dev.fargate.operator.cli.logs;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.aws.logs.LogLines;
import dev.fargate.operator.aws.logs.LogLines.Line;
import dev.fargate.operator.aws.logs.LogLines.Query;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Prints log lines, and goes on with those that are written meanwhile. */
public final class LogTail {
  /**
   * Between two looks: a person hardly waits, and a hundred followers do not use up AWS's 5 to 25
   * requests a second that all of an account share.
   */
  static final Duration PERIOD = Duration.ofSeconds(3);

  /** Lines of several tasks do not arrive in the order of their time: so far back is looked. */
  private static final Duration LATE = Duration.ofSeconds(30);

  /** What passes by itself while one follows. */
  private static final Set<ErrorClass> PASSING =
      Set.of(ErrorClass.THROTTLED, ErrorClass.SERVER, ErrorClass.TRANSIENT);

  private final LogLines lines;
  private final Query query;
  private final PrintWriter out;
  private final Format format;

  /** Lines that are printed already and may be read again, with their times. */
  private final Map<String, Instant> printed = new HashMap<>();

  private Instant newest;

  /** How a line is printed. */
  public interface Format {
    String of(Line line);
  }

  /** Lets time pass. */
  public interface Pause {
    /**
     * @return whether to go on
     */
    boolean of(Duration time) throws InterruptedException;
  }

  public LogTail(LogLines lines, Query query, PrintWriter out, Format format) {
    this.lines = lines;
    this.query = query;
    this.out = out;
    this.format = format;
  }

  /**
   * Prints every line from a time on.
   *
   * @return how many there were
   * @throws AwsFailure when AWS does not answer, or no
   */
  public int print(Instant from) {
    int[] count = {0};
    newest = newest == null ? from : newest;
    lines.from(
        from,
        query,
        line -> {
          if (printed.put(line.id(), line.time()) == null) {
            out.println(format.of(line));
            count[0]++;
          }
          newest = line.time().isAfter(newest) ? line.time() : newest;
        });
    out.flush();
    return count[0];
  }

  /** Goes on after {@link #print} with what is new, until told to stop or nobody reads any more. */
  public void follow(Pause pause) throws InterruptedException {
    while (!out.checkError() && pause.of(PERIOD)) {
      Instant from = newest.minus(LATE);
      printed.values().removeIf(time -> time.isBefore(from));
      try {
        print(from);
      } catch (AwsFailure failure) {
        if (!PASSING.contains(failure.errorClass())) {
          throw failure;
        }
      }
    }
  }
}
