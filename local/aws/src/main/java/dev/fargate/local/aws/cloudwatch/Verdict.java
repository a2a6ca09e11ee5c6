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
 * <p>AWS looks back further than the periods asked for to fill gaps; here exactly those count, and
 * a gap is what TreatMissingData says.
 *
 * @param data as JSON
 */
record Verdict(AlarmState state, String reason, String data) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * @param values of the last periods, oldest first
   * @return empty where the alarm stays as it is
   */
  static Optional<Verdict> of(
      Alarm alarm, List<OptionalDouble> values, Instant now, Duration period) {
    double threshold = ((Number) alarm.settings.get("Threshold")).doubleValue();
    String comparison = alarm.settings.required("ComparisonOperator");
    String missing = alarm.settings.string("TreatMissingData").orElse("missing");
    int needed = alarm.settings.integer("DatapointsToAlarm").orElse(values.size());
    List<String> breaching = new ArrayList<>();
    List<String> fine = new ArrayList<>();
    int gaps = 0;
    long length = Math.max(1, period.toMillis());
    long end = now.toEpochMilli() - now.toEpochMilli() % length;
    for (int i = 0; i < values.size(); i++) {
      OptionalDouble value = values.get(i);
      Instant start = Instant.ofEpochMilli(end - (values.size() - i) * length);
      if (value.isEmpty()) {
        gaps++;
      } else if (breaches(comparison, value.getAsDouble(), threshold)) {
        breaching.add(value.getAsDouble() + " (" + TIME.format(start) + ")");
      } else {
        fine.add(value.getAsDouble() + " (" + TIME.format(start) + ")");
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

  private static String data(
      Alarm alarm, List<OptionalDouble> values, double threshold, Instant now) {
    List<String> recent = new ArrayList<>();
    values.forEach(value -> value.ifPresent(number -> recent.add(String.valueOf(number))));
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
