package dev.fargate.local.aws.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the last periods make of an alarm.
 *
 * <p>AWS looks back further than the periods asked for: where enough of those have a value, the
 * newest of them count, and gaps do not matter; else a gap is what TreatMissingData says. How much
 * further it does not say; its examples show two periods.
 *
 * @param data as JSON
 */
record Verdict(AlarmState state, String reason, String data) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  static final int FURTHER_BACK = 2;

  /**
   * @param range values of the last periods and of those further back, oldest first
   * @return empty where the alarm stays as it is
   */
  static Optional<Verdict> of(
      Alarm alarm, List<OptionalDouble> range, Instant now, Duration period) {
    int asked = alarm.settings.integer("EvaluationPeriods").orElseThrow();
    List<Point> values = Point.counted(range, asked, now, period);
    double threshold = ((Number) alarm.settings.get("Threshold")).doubleValue();
    String comparison = alarm.settings.required("ComparisonOperator");
    String missing = alarm.settings.string("TreatMissingData").orElse("missing");
    int needed = alarm.settings.integer("DatapointsToAlarm").orElse(values.size());
    List<String> breaching = new ArrayList<>();
    List<String> fine = new ArrayList<>();
    int gaps = 0;
    for (Point point : values) {
      if (point.value().isEmpty()) {
        gaps++;
      } else if (breaches(comparison, point.value().getAsDouble(), threshold)) {
        breaching.add(point.toString());
      } else {
        fine.add(point.toString());
      }
    }
    String data = data(alarm, values, threshold, now);
    if (gaps == values.size()) {
      return ofGaps(missing, gaps, data);
    }
    int counted = breaching.size() + (missing.equals("breaching") ? gaps : 0);
    if (counted >= needed) {
      return Optional.of(
          new Verdict(
              AlarmState.ALARM,
              crossed(breaching, values.size(), needed, comparison, threshold, true),
              data));
    } else if (missing.equals("ignore") && breaching.size() + gaps >= needed) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict(
            AlarmState.OK,
            crossed(fine, values.size(), values.size() - needed + 1, comparison, threshold, false),
            data));
  }

  /** One period. */
  private record Point(OptionalDouble value, Instant start) {
    /** Those that count: the newest that have a value, or else the newest, with their gaps. */
    static List<Point> counted(
        List<OptionalDouble> range, int asked, Instant now, Duration period) {
      long length = Math.max(1, period.toMillis());
      long end = now.toEpochMilli() - now.toEpochMilli() % length;
      List<Point> all = new ArrayList<>();
      for (int i = 0; i < range.size(); i++) {
        all.add(new Point(range.get(i), Instant.ofEpochMilli(end - (range.size() - i) * length)));
      }
      List<Point> real = all.stream().filter(point -> point.value.isPresent()).toList();
      List<Point> counted = real.size() >= asked ? real : filled(all, real, asked);
      return counted.subList(counted.size() - asked, counted.size());
    }

    /** What there is, and gaps for the rest. */
    private static List<Point> filled(List<Point> all, List<Point> real, int asked) {
      List<Point> counted =
          new ArrayList<>(
              all.stream()
                  .filter(point -> point.value.isEmpty())
                  .limit((long) asked - real.size())
                  .toList());
      counted.addAll(real);
      return counted;
    }

    @Override
    public String toString() {
      return value.orElseThrow() + " (" + TIME.format(start) + ")";
    }
  }

  private static Optional<Verdict> ofGaps(String missing, int gaps, String data) {
    String received =
        "Threshold Crossed: no datapoints were received for "
            + gaps
            + (gaps == 1
                ? " period and 1 missing datapoint was"
                : " periods and " + gaps + " missing datapoints were")
            + " treated as ";
    return switch (missing) {
      case "breaching" ->
          Optional.of(new Verdict(AlarmState.ALARM, received + "[Breaching].", data));
      case "notBreaching" ->
          Optional.of(new Verdict(AlarmState.OK, received + "[NonBreaching].", data));
      case "ignore" -> Optional.empty();
      default ->
          Optional.of(
              new Verdict(
                  AlarmState.INSUFFICIENT_DATA,
                  "Insufficient Data: "
                      + gaps
                      + (gaps == 1 ? " datapoint was unknown." : " datapoints were unknown."),
                  data));
    };
  }

  private static boolean breaches(String comparison, double value, double threshold) {
    return switch (comparison) {
      case "GreaterThanOrEqualToThreshold" -> value >= threshold;
      case "GreaterThanThreshold" -> value > threshold;
      case "LessThanThreshold" -> value < threshold;
      default -> value <= threshold;
    };
  }

  /** AWS's sentence. */
  private static String crossed(
      List<String> points, int all, int needed, String comparison, double threshold, boolean yes) {
    String words =
        switch (comparison) {
          case "GreaterThanOrEqualToThreshold" -> "greater than or equal to";
          case "GreaterThanThreshold" -> "greater than";
          case "LessThanThreshold" -> "less than";
          default -> "less than or equal to";
        };
    return "Threshold Crossed: "
        + points.size()
        + " out of the last "
        + all
        + " datapoints ["
        + String.join(", ", points)
        + "] "
        + (points.size() == 1 ? "was" : "were")
        + (yes ? " " : " not ")
        + words
        + " the threshold ("
        + threshold
        + ") (minimum "
        + needed
        + (needed == 1 ? " datapoint" : " datapoints")
        + (yes ? " for OK -> ALARM transition)." : " for ALARM -> OK transition).");
  }

  private static String data(Alarm alarm, List<Point> values, double threshold, Instant now) {
    List<String> recent = new ArrayList<>();
    values.forEach(point -> point.value().ifPresent(n -> recent.add(String.valueOf(n))));
    return "{\"version\":\"1.0\",\"queryDate\":\""
        + now
        + "\",\"period\":"
        + alarm.queries.periodSeconds()
        + ",\"recentDatapoints\":["
        + String.join(",", recent)
        + "],\"threshold\":"
        + threshold
        + "}";
  }
}
