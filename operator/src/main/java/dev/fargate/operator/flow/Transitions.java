package dev.fargate.operator.flow;

import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;

/** Events, on transitions only: Ready turned, or Stalled came with another reason. */
final class Transitions {
  private Transitions() {}

  static List<Pass.Note> notes(List<Condition> before, List<Condition> after) {
    List<Pass.Note> notes = new ArrayList<>();
    Condition stalled = Conditions.find(after, ConditionType.STALLED).orElse(null);
    String stalledBefore =
        Conditions.find(before, ConditionType.STALLED).map(Condition::getReason).orElse(null);
    if (stalled != null && !stalled.getReason().equals(stalledBefore)) {
      notes.add(new Pass.Note(true, stalled.getReason(), stalled.getMessage()));
    }
    Condition ready = Conditions.find(after, ConditionType.READY).orElse(null);
    Condition readyBefore = Conditions.find(before, ConditionType.READY).orElse(null);
    boolean turned =
        ready != null
            && (readyBefore == null
                || !ready.getStatus().equals(readyBefore.getStatus())
                || !ready.getReason().equals(readyBefore.getReason()));
    if (turned && stalled == null) {
      notes.add(new Pass.Note(false, ready.getReason(), ready.getMessage()));
    }
    return notes;
  }
}
