package dev.fargate.local.aws.backup;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A schedule as AWS writes it: {@code cron(minutes hours day-of-month month day-of-week year)},
 * days of the week from 1 for Sunday. {@code L}, {@code W} and {@code #} are refused here.
 */
record AwsCron(
    TreeSet<Integer> minutes,
    TreeSet<Integer> hours,
    TreeSet<Integer> daysOfMonth,
    TreeSet<Integer> months,
    TreeSet<Integer> daysOfWeek,
    TreeSet<Integer> years,
    ZoneId zone) {
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2199;

  /** A leap day comes at least once in eight years. */
  private static final int DAYS_AHEAD = 8 * 366 + 1;

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  /**
   * @throws dev.fargate.local.aws.wire.AwsException with AWS's code for what AWS would not take
   */
  static AwsCron parse(String expression, String timeZone) {
    if (!expression.startsWith("cron(") || !expression.endsWith(")")) {
      throw BackupErrors.bad("Invalid schedule expression: " + expression);
    }
    String[] fields =
        expression.substring("cron(".length(), expression.length() - 1).trim().split("\\s+");
    if (fields.length != 6) {
      throw BackupErrors.bad("A cron expression has six fields: " + expression);
    }
    if (fields[2].equals("?") == fields[4].equals("?")) {
      throw BackupErrors.bad(
          "One of day-of-month and day-of-week must be ?, and not both: " + expression);
    }
    try {
      return new AwsCron(
          field(fields[0], 0, 59, List.of()),
          field(fields[1], 0, 23, List.of()),
          field(fields[2], 1, 31, List.of()),
          field(fields[3], 1, 12, MONTHS),
          field(fields[4], 1, 7, DAYS),
          field(fields[5], FIRST_YEAR, LAST_YEAR, List.of()),
          ZoneId.of(timeZone));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw BackupErrors.bad("Invalid schedule " + expression + " in " + timeZone);
    }
  }

  private static TreeSet<Integer> field(String text, int first, int last, List<String> names) {
    TreeSet<Integer> values = new TreeSet<>();
    for (String part : text.split(",")) {
      String[] step = part.split("/");
      int by = step.length == 2 ? Integer.parseInt(step[1]) : 1;
      String[] range = step[0].split("-");
      boolean all = step[0].equals("*") || step[0].equals("?");
      int from = all ? first : number(range[0], names);
      int to =
          all || step.length == 2 && range.length == 1
              ? last
              : number(range[range.length - 1], names);
      if (step.length > 2 || range.length > 2 || by < 1 || from < first || to > last || from > to) {
        throw new IllegalArgumentException(part);
      }
      for (int value = from; value <= to; value += by) {
        values.add(value);
      }
    }
    return values;
  }

  private static int number(String text, List<String> names) {
    int name = names.indexOf(text.toUpperCase(Locale.ROOT));
    // Months and days of the week both begin with 1.
    return name >= 0 ? name + 1 : Integer.parseInt(text);
  }

  /** The first time after this one; empty when there is none in sight. */
  Optional<Instant> next(Instant after) {
    ZonedDateTime from = after.atZone(zone);
    LocalDate day = from.toLocalDate();
    for (int i = 0; i < DAYS_AHEAD; i++, day = day.plusDays(1)) {
      if (!fits(day)) {
        continue;
      }
      for (int hour : hours) {
        for (int minute : minutes) {
          Instant time = day.atTime(hour, minute).atZone(zone).toInstant();
          if (time.isAfter(after)) {
            return Optional.of(time);
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean fits(LocalDate day) {
    return years.contains(day.getYear())
        && months.contains(day.getMonthValue())
        && daysOfMonth.contains(day.getDayOfMonth())
        && daysOfWeek.contains(day.getDayOfWeek().getValue() % 7 + 1);
  }
}
