package dev.fargate.operator.stack;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The five fields of a Kubernetes CronJob: minute, hour, day of month, month, day of week (0 or 7
 * for Sunday). Day of month or day of week is {@code *}: AWS knows no schedule with both.
 */
public final class CronSchedule {
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private static final int FIELDS = 5;
  private static final String EVERY = "*";

  /** A leap day comes at least once in eight years. */
  private static final int DAYS_AHEAD = 8 * 366 + 1;

  private final String[] texts;
  private final SortedSet<Integer> minutes;
  private final SortedSet<Integer> hours;
  private final SortedSet<Integer> daysOfMonth;
  private final SortedSet<Integer> months;
  private final SortedSet<Integer> daysOfWeek;

  private CronSchedule(String[] texts) {
    this.texts = texts;
    minutes = values(texts[0], 0, 59, List.of(), 0);
    hours = values(texts[1], 0, 23, List.of(), 0);
    daysOfMonth = values(texts[2], 1, 31, List.of(), 0);
    months = values(texts[3], 1, 12, MONTHS, 1);
    daysOfWeek = new TreeSet<>();
    values(texts[4], 0, 7, DAYS, 0).forEach(day -> daysOfWeek.add(day % 7));
    if (!texts[2].equals(EVERY) && !texts[4].equals(EVERY)) {
      throw new IllegalArgumentException(
          "sets both day of month and day of week, which AWS cannot; make one of them *");
    }
  }

  /**
   * @throws IllegalArgumentException with what is wrong, to be read after the field's name
   */
  public static CronSchedule parse(String text) {
    String[] fields = text.trim().split("\\s+");
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException(
          "has " + fields.length + " fields; minute, hour, day of month, month, day of week are 5");
    }
    return new CronSchedule(fields);
  }

  /** Whether it comes at most once an hour. */
  public boolean isAtMostHourly() {
    return minutes.size() == 1;
  }

  /** As AWS writes it, with a year and days of the week from Sunday. */
  public String toAws() {
    String dayOfWeek =
        texts[4].equals(EVERY)
            ? "?"
            : daysOfWeek.stream().map(DAYS::get).collect(Collectors.joining(","));
    return "cron("
        + String.join(
            " ",
            aws(texts[0], minutes),
            aws(texts[1], hours),
            texts[4].equals(EVERY) ? aws(texts[2], daysOfMonth) : "?",
            aws(texts[3], months),
            dayOfWeek,
            EVERY)
        + ")";
  }

  /** The same list, whichever way it was written. */
  private static String aws(String text, SortedSet<Integer> values) {
    return text.equals(EVERY)
        ? EVERY
        : values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** The first time after this one; empty when there is none in the next years. */
  public Optional<Instant> next(Instant after, ZoneId zone) {
    LocalDate day = after.atZone(zone).toLocalDate();
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
    return months.contains(day.getMonthValue())
        && daysOfMonth.contains(day.getDayOfMonth())
        && daysOfWeek.contains(day.getDayOfWeek().getValue() % 7);
  }

  private static SortedSet<Integer> values(
      String text, int first, int last, List<String> names, int firstName) {
    SortedSet<Integer> values = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      List<String> step = split(part, "/");
      List<String> range = split(step.get(0), "-");
      boolean all = range.get(0).equals(EVERY) && range.size() == 1;
      int from = all ? first : number(range.get(0), names, firstName, text);
      int to;
      if (all || step.size() == 2 && range.size() == 1) {
        to = last;
      } else {
        to = number(range.get(range.size() - 1), names, firstName, text);
      }
      int by = step.size() == 2 ? number(step.get(1), List.of(), 0, text) : 1;
      if (from < first || to > last || from > to || by < 1) {
        throw new IllegalArgumentException(
            "has \"" + part + "\", which is not within " + first + " and " + last);
      }
      for (int value = from; value <= to; value += by) {
        values.add(value);
      }
    }
    return values;
  }

  private static List<String> split(String text, String by) {
    List<String> parts = new ArrayList<>(List.of(text.split(by, -1)));
    if (parts.size() > 2) {
      throw new IllegalArgumentException("has \"" + text + "\", which is no range or step");
    }
    return parts;
  }

  private static int number(String text, List<String> names, int firstName, String field) {
    int name = names.indexOf(text.toUpperCase(Locale.ROOT));
    if (name >= 0) {
      return name + firstName;
    }
    if (!text.matches("[0-9]{1,4}")) {
      throw new IllegalArgumentException(
          "has \"" + field + "\", where \"" + text + "\" is no number");
    }
    return Integer.parseInt(text);
  }
}
