package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.AlarmStatus;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.MetricAlarm;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What CloudWatch says of an object's alarms, as status and as condition. Pure. */
final class AlarmStates {
  /** As many as a spec may have. */
  private static final int LIMIT = 10;

  private static final int REASON_LIMIT = 1024;

  private AlarmStates() {}

  static List<AlarmStatus> of(Look look) {
    return look.observed().resources().stream()
        .filter(resource -> resource.ownership() == Ownership.OURS)
        .map(ObservedResource::actual)
        .filter(MetricAlarm.class::isInstance)
        .map(alarm -> status((MetricAlarm) alarm))
        .sorted(Comparator.comparing(alarm -> alarm.name))
        .limit(LIMIT)
        .toList();
  }

  private static AlarmStatus status(MetricAlarm alarm) {
    AlarmStatus status = new AlarmStatus();
    status.name = alarm.id().name();
    // One that has just been made begins so; the next look tells more.
    status.state = alarm.state() == null ? MetricAlarm.State.NO_DATA : alarm.state().value();
    if (alarm.state() != null) {
      String reason = alarm.state().reason();
      status.reason =
          reason == null || reason.length() <= REASON_LIMIT
              ? reason
              : reason.substring(0, REASON_LIMIT - 1) + "…";
      status.since = alarm.state().since();
    }
    return status;
  }

  /** Absent where there are no alarms and none are to be. */
  static void condition(Conditions conditions, List<AlarmStatus> alarms, Look look) {
    boolean coming =
        look.plan().actions().stream()
            .anyMatch(
                action -> action.id().kind() == Kind.METRIC_ALARM && action.verb() == Verb.CREATE);
    String raised = those(alarms, MetricAlarm.State.RAISED);
    String unknown = those(alarms, MetricAlarm.State.NO_DATA);
    if (!raised.isEmpty()) {
      conditions.isFalse(ConditionType.ALARMS_QUIET, Reason.ALARM_RAISED, told(alarms));
    } else if (coming) {
      conditions.isUnknown(
          ConditionType.ALARMS_QUIET, Reason.CREATING, "The alarms are being set up.");
    } else if (!unknown.isEmpty()) {
      conditions.isUnknown(
          ConditionType.ALARMS_QUIET,
          Reason.NOT_MEASURED,
          "CloudWatch has no data for " + unknown + ".");
    } else if (!alarms.isEmpty()) {
      conditions.isTrue(ConditionType.ALARMS_QUIET, Reason.QUIET, null);
    }
  }

  private static String those(List<AlarmStatus> alarms, String state) {
    return alarms.stream()
        .filter(alarm -> state.equals(alarm.state))
        .map(alarm -> alarm.name)
        .collect(Collectors.joining(", "));
  }

  private static String told(List<AlarmStatus> alarms) {
    return alarms.stream()
        .filter(alarm -> MetricAlarm.State.RAISED.equals(alarm.state))
        .map(alarm -> alarm.name + ", since " + alarm.since + ": " + alarm.reason)
        .collect(Collectors.joining("; "));
  }
}
