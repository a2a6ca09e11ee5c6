package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.AlarmStatus;
import dev.fargate.operator.status.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An Event when an alarm is raised and one when it is over; of each alarm, whatever others do. */
final class AlarmTransitions {
  private static final String RAISED = "ALARM";
  private static final String OK = "OK";

  private AlarmTransitions() {}

  static List<Pass.Note> notes(List<AlarmStatus> before, List<AlarmStatus> after) {
    List<Pass.Note> notes = new ArrayList<>();
    for (AlarmStatus alarm : after) {
      boolean wasRaised = find(before, alarm.name).filter(a -> RAISED.equals(a.state)).isPresent();
      if (RAISED.equals(alarm.state) && !wasRaised) {
        notes.add(
            new Pass.Note(
                true,
                Reason.ALARM_RAISED.text(),
                "Alarm " + alarm.name + " is raised: " + alarm.reason));
      } else if (wasRaised && !RAISED.equals(alarm.state)) {
        String why = OK.equals(alarm.state) ? "" : ": CloudWatch has no more data for it";
        notes.add(
            new Pass.Note(
                false, Reason.QUIET.text(), "Alarm " + alarm.name + " is over" + why + "."));
      }
    }
    return notes;
  }

  private static Optional<AlarmStatus> find(List<AlarmStatus> alarms, String name) {
    return alarms.stream().filter(alarm -> alarm.name.equals(name)).findFirst();
  }
}
