package dev.fargate.local.aws.cloudwatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.aws.wire.Struct;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What CloudWatch tells a topic about an alarm, and what it writes into the alarm's history. */
final class Notice {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** SNS takes no longer subject. */
  private static final int SUBJECT = 100;

  private Notice() {}

  static String subject(Alarm alarm) {
    String text = alarm.state + ": \"" + alarm.name + "\" in " + region(alarm);
    return text.length() <= SUBJECT ? text : text.substring(0, SUBJECT - 3) + "...";
  }

  static String message(Alarm alarm, AlarmState before, Instant now) {
    ObjectNode message = JSON.createObjectNode();
    message.put("AlarmName", alarm.name);
    message.put("AlarmDescription", alarm.settings.string("AlarmDescription").orElse(null));
    message.put("AWSAccountId", alarm.arn.split(":")[4]);
    message.put("AlarmConfigurationUpdatedTimestamp", alarm.configured.toString());
    message.put("NewStateValue", alarm.state.name());
    message.put("NewStateReason", alarm.reason);
    message.put("StateChangeTime", now.toString());
    // AWS writes a name for people here, such as EU (Frankfurt).
    message.put("Region", region(alarm));
    message.put("AlarmArn", alarm.arn);
    message.put("OldStateValue", before.name());
    message.set("Trigger", JSON.valueToTree(plain(trigger(alarm.settings))));
    return message.toString();
  }

  private static Struct trigger(Struct settings) {
    Struct trigger = Struct.of();
    for (String member :
        List.of(
            "MetricName",
            "Namespace",
            "Statistic",
            "Dimensions",
            "Metrics",
            "Period",
            "EvaluationPeriods",
            "DatapointsToAlarm",
            "ComparisonOperator",
            "Threshold",
            "TreatMissingData")) {
      trigger.with(member, settings.get(member));
    }
    return trigger;
  }

  static String transition(AlarmState before, AlarmState after, String reason) {
    ObjectNode data = JSON.createObjectNode();
    data.put("version", "1.0");
    data.putObject("oldState").put("stateValue", before.name());
    data.putObject("newState").put("stateValue", after.name()).put("stateReason", reason);
    return data.toString();
  }

  static String action(String arn, String actionState, Alarm alarm) {
    ObjectNode data = JSON.createObjectNode();
    data.put("actionState", actionState);
    data.put("notificationResource", arn);
    data.put("stateUpdateTimestamp", alarm.updated.toEpochMilli());
    return data.toString();
  }

  private static String region(Alarm alarm) {
    return alarm.arn.split(":")[3];
  }

  private static Object plain(Object value) {
    if (value instanceof Struct struct) {
      Map<String, Object> members = new java.util.LinkedHashMap<>();
      struct.members().forEach((name, member) -> members.put(name, plain(member)));
      return members;
    }
    return value instanceof List<?> list ? list.stream().map(Notice::plain).toList() : value;
  }
}
