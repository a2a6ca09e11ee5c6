package dev.fargate.api.v1alpha1;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Values;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Somebody is told when a measured value reaches a threshold, and when that is over. */
@ApiObject
@ValidationRule(
    value = "self.metric != 'Http5xx' || !has(self.statistic)",
    message = "the share of server errors has no statistic: remove it",
    fieldPath = ".statistic")
@ValidationRule(
    value = "!has(self.periodSeconds) || self.periodSeconds % 60 == 0",
    message = "CloudWatch takes whole minutes: set periodSeconds to a multiple of 60",
    fieldPath = ".periodSeconds")
@ValidationRule(
    value =
        "(has(self.periodSeconds) ? self.periodSeconds : 60) * (has(self.evaluationPeriods) ?"
            + " self.evaluationPeriods : 1) <= 86400",
    message =
        "CloudWatch looks back one day at most: lower periodSeconds or evaluationPeriods, whose"
            + " product may be 86400",
    fieldPath = ".evaluationPeriods")
public class Alarm {

  @Doc(
      value = "Tells the alarms of an object apart. Another name is another alarm.",
      example = "cpu-peak",
      aws = "MetricAlarm.alarmName: fargate/OWNER_ID/NAMESPACE/OBJECT/NAME",
      edit = Edit.REPLACEMENT)
  @Required
  @Size(min = 1, max = 63)
  @Pattern(Syntax.DNS_LABEL)
  public String name;

  @Doc(
      value =
          "What is watched. Cpu and Memory: what the tasks use, in percent of what they ask for."
              + " Http5xx, with an ingress: how many of the requests that reach the tasks are"
              + " answered with 500 to 599, in percent, over all ingresses; without requests it is"
              + " quiet.",
      aws =
          "CPUUtilization and MemoryUtilization of AWS/ECS; HTTPCode_Target_5XX_Count and"
              + " RequestCount of AWS/ApplicationELB",
      edit = Edit.IN_PLACE)
  @Required
  @Values({AlarmMetric.CPU, AlarmMetric.MEMORY, AlarmMetric.HTTP_5XX})
  public String metric;

  @Doc(
      value = "The alarm is raised at this value and above, in percent.",
      example = "90",
      aws = "MetricAlarm.threshold, with GreaterThanOrEqualToThreshold",
      edit = Edit.IN_PLACE)
  @Required
  @Min(1)
  @Max(100)
  public Integer thresholdPercent;

  @Doc(
      value =
          "What of a period is compared, for Cpu and Memory: Maximum sees a peak of a single task,"
              + " Average the load of all.",
      absent = AlarmStatistic.MAXIMUM,
      aws = "MetricAlarm.statistic",
      edit = Edit.IN_PLACE)
  @Values({AlarmStatistic.MAXIMUM, AlarmStatistic.AVERAGE})
  public String statistic;

  @Doc(
      value = "Seconds of one period, in whole minutes.",
      absent = "" + FieldDefaults.ALARM_PERIOD_SECONDS,
      example = "300",
      aws = "MetricAlarm.period",
      edit = Edit.IN_PLACE)
  @Min(60)
  @Max(86400)
  public Integer periodSeconds;

  @Doc(
      value = "How many periods in a row have to reach the threshold.",
      absent = "" + FieldDefaults.ALARM_EVALUATION_PERIODS + ", so that a single peak is told",
      example = "3",
      aws = "MetricAlarm.evaluationPeriods",
      edit = Edit.IN_PLACE)
  @Min(1)
  @Max(1440)
  public Integer evaluationPeriods;

  @Doc(
      value =
          "The SNS topic, in the environment's region, that is told when the alarm is raised and"
              + " when it is over. One is needed, here or in the environment: an alarm that nobody"
              + " hears is none.",
      absent = "the environment's defaults.topicArn",
      example = "arn:aws:sns:eu-central-1:123456789012:on-call",
      aws = "MetricAlarm.alarmActions and .okActions",
      edit = Edit.IN_PLACE)
  @Size(max = 512)
  @Pattern(Syntax.TOPIC_ARN)
  public String topicArn;
}
