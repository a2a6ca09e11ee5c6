package dev.fargate.local.aws.cloudwatch;

import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What PutMetricAlarm refuses beyond the model. The texts of errors are UNVERIFIED. */
final class AlarmRules {
  private static final Set<String> COMPARISONS =
      Set.of(
          "GreaterThanOrEqualToThreshold",
          "GreaterThanThreshold",
          "LessThanThreshold",
          "LessThanOrEqualToThreshold");

  private static final Set<String> MISSING =
      Set.of("breaching", "notBreaching", "ignore", "missing");

  private static final List<String> OF_ONE_METRIC =
      List.of(
          "MetricName",
          "Namespace",
          "Dimensions",
          "Period",
          "Statistic",
          "ExtendedStatistic",
          "Unit");

  /** What an alarm on metric math takes at most. */
  private static final int MAX_METRICS = 10;

  private static final int DAY = 86_400;
  private static final int HOUR = 3_600;
  private static final int DAYS_OF_LONG_PERIODS = 7;
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:([a-z-]+):([a-z0-9-]*):(\\d*):.+");

  /** The id of an alarm's only metric. */
  private static final String ONLY = "m1";

  private AlarmRules() {}

  /**
   * The queries of an alarm that can be evaluated here.
   *
   * @throws dev.fargate.local.aws.wire.AwsException for any other
   */
  static Queries check(Struct in, Caller caller) {
    if (!COMPARISONS.contains(in.required("ComparisonOperator")) || in.has("ThresholdMetricId")) {
      throw CloudWatchError.unsupported("anomaly detection");
    } else if (in.has("ExtendedStatistic") || in.has("EvaluateLowSampleCountPercentile")) {
      throw CloudWatchError.unsupported("percentiles");
    } else if (!in.has("Threshold")) {
      throw CloudWatchError.invalid("Threshold is required");
    } else if (!MISSING.contains(in.string("TreatMissingData").orElse("missing"))) {
      throw CloudWatchError.invalid(
          "Option " + in.required("TreatMissingData") + " is not supported for TreatMissingData.");
    }
    Queries queries = queries(in);
    int evaluated = in.integer("EvaluationPeriods").orElseThrow();
    int needed = in.integer("DatapointsToAlarm").orElse(evaluated);
    if (needed > evaluated) {
      throw CloudWatchError.invalid(
          "DatapointsToAlarm must be less than or equal to EvaluationPeriods.");
    }
    int period = queries.periodSeconds();
    long reach = (long) period * evaluated;
    if (reach > (period < HOUR ? DAY : DAY * DAYS_OF_LONG_PERIODS)) {
      throw CloudWatchError.invalid(
          "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <="
              + " 86400), or a week where Period is an hour or more.");
    }
    for (AlarmState state : AlarmState.values()) {
      actions(in, state).forEach(action -> checkAction(action, caller));
    }
    return queries;
  }

  private static List<String> actions(Struct in, AlarmState state) {
    return in.strings(
        switch (state) {
          case OK -> "OKActions";
          case ALARM -> "AlarmActions";
          case INSUFFICIENT_DATA -> "InsufficientDataActions";
        });
  }

  private static void checkAction(String action, Caller caller) {
    Matcher arn = ARN.matcher(action);
    if (!arn.matches()) {
      throw CloudWatchError.invalid("Invalid arn syntax: " + action);
    } else if (!arn.group(1).equals("sns")) {
      throw CloudWatchError.unsupported("actions of " + arn.group(1) + " (only sns)");
    } else if (!arn.group(2).equals(caller.region())) {
      throw CloudWatchError.invalid(
          "Invalid region "
              + arn.group(2)
              + " specified. Only "
              + caller.region()
              + " is supported.");
    }
  }

  private static Queries queries(Struct in) {
    if (in.has("Metrics")) {
      for (String member : OF_ONE_METRIC) {
        if (in.has(member)) {
          throw CloudWatchError.invalid(
              "An alarm with Metrics takes no " + member + ": it stands in each query");
        }
      }
      if (in.structs("Metrics").size() > MAX_METRICS) {
        throw CloudWatchError.invalid("At most " + MAX_METRICS + " metrics are allowed per alarm");
      }
      Queries queries = Queries.of(in.structs("Metrics"));
      queries.returned();
      return queries;
    }
    List<String> lacking =
        new ArrayList<>(List.of("MetricName", "Namespace", "Period", "Statistic"));
    lacking.removeIf(in::has);
    if (!lacking.isEmpty()) {
      throw CloudWatchError.invalid("The alarm needs " + lacking + ", or Metrics");
    }
    Struct metric =
        Struct.of()
            .with("Namespace", in.get("Namespace"))
            .with("MetricName", in.get("MetricName"))
            .with("Dimensions", in.structs("Dimensions"));
    Struct stat =
        Struct.of()
            .with("Metric", metric)
            .with("Period", in.get("Period"))
            .with("Stat", in.get("Statistic"));
    return Queries.of(List.of(Struct.of().with("Id", ONLY).with("MetricStat", stat)));
  }
}
