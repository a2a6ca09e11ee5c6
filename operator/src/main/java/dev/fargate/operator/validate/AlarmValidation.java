package dev.fargate.operator.validate;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.AlarmMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What must hold of alarms. */
public final class AlarmValidation {
  private static final Set<String> METRICS =
      Set.of(AlarmMetric.CPU, AlarmMetric.MEMORY, AlarmMetric.HTTP_5XX);

  /** What a preview stands in for an unknown region is none, and compared with nothing. */
  private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9-]+");

  /** Where in an ARN the region stands. */
  private static final int REGION = 3;

  private AlarmValidation() {}

  /**
   * By the spec alone.
   *
   * @param counted whether there is a load balancer that counts requests
   */
  static List<Problem> check(List<Alarm> alarms, boolean counted) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < alarms.size(); i++) {
      Alarm alarm = alarms.get(i);
      String field = field(i);
      if (alarm.name == null || alarm.thresholdPercent == null) {
        problems.add(new Problem(field, "needs name and thresholdPercent"));
      }
      if (!METRICS.contains(String.valueOf(alarm.metric))) {
        problems.add(
            new Problem(
                field + ".metric",
                "is \"" + alarm.metric + "\"; this version knows Cpu, Memory and Http5xx"));
      } else if (AlarmMetric.HTTP_5XX.equals(alarm.metric) && !counted) {
        problems.add(
            new Problem(field + ".metric", "Http5xx needs an ingress whose requests are counted"));
      }
    }
    return problems;
  }

  /**
   * Alarms that nobody would hear: without a topic, or with one that CloudWatch cannot reach.
   *
   * @param topicArn the environment's; null when it has none
   */
  public static List<Problem> unheard(
      List<Alarm> alarms, String environment, String region, String topicArn) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < alarms.size(); i++) {
      String field = field(i) + ".topicArn";
      String topic = alarms.get(i).topicArn != null ? alarms.get(i).topicArn : topicArn;
      String[] parts = topic == null ? new String[0] : topic.split(":");
      if (topic == null) {
        problems.add(
            new Problem(
                field,
                "nobody would hear alarm "
                    + alarms.get(i).name
                    + ": name an SNS topic here, or as defaults.topicArn of FargateEnvironment "
                    + environment));
      } else if (REGION_NAME.matcher(region).matches()
          && (parts.length <= REGION || !parts[REGION].equals(region))) {
        problems.add(
            new Problem(
                field,
                "nobody would hear alarm "
                    + alarms.get(i).name
                    + ": CloudWatch in "
                    + region
                    + " tells topics of that region only, not "
                    + topic));
      }
    }
    return problems;
  }

  private static String field(int index) {
    return "spec.alarms[" + index + "]";
  }
}
