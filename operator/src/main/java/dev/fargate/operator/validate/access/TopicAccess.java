package dev.fargate.operator.validate.access;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.operator.validate.Problem;
import java.util.List;
import java.util.Objects;

/** Topics that alarms are sent to. */
final class TopicAccess {
  private TopicAccess() {}

  static void check(List<Alarm> alarms, Grant grant, List<Problem> problems) {
    for (int i = 0; i < alarms.size(); i++) {
      String topic = alarms.get(i).topicArn;
      if (topic != null && !allows(grant.access().topicArns, grant.defaults().topicArn, topic)) {
        problems.add(grant.notListed("spec.alarms[" + i + "].topicArn", topic, "topicArns"));
      }
    }
  }

  static boolean allows(List<String> allowed, String byDefault, String topic) {
    return allowed == null
        ? Objects.equals(byDefault, topic)
        : allowed.contains(Starts.EVERYTHING) || allowed.contains(topic);
  }
}
