package dev.fargate.operator.flow;

import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Conditions;
import dev.fargate.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Events, on transitions only: Stalled came with another reason, Ready turned, tasks began to fail,
 * somebody changed something in AWS.
 */
final class Transitions {
  /** Of what goes on or is well, an Event is no warning. */
  private static final Set<Reason> NORMAL =
      EnumSet.of(
          Reason.AVAILABLE,
          Reason.SCALED_TO_ZERO,
          Reason.ROLLING_OUT,
          Reason.CREATING,
          Reason.DELETING,
          Reason.NOT_OBSERVED,
          Reason.PLAN_PENDING,
          Reason.PAUSED,
          Reason.ENVIRONMENT_MISSING,
          Reason.ENVIRONMENT_NOT_READY,
          Reason.REFERENCE_MISSING,
          Reason.RESTORING,
          Reason.IN_USE);

  private Transitions() {}

  static List<Pass.Note> notes(List<Condition> before, List<Condition> after) {
    List<Pass.Note> notes = new ArrayList<>();
    Condition stalled = Conditions.find(after, ConditionType.STALLED).orElse(null);
    if (stalled != null && turned(before, stalled, ConditionType.STALLED)) {
      notes.add(note(stalled));
    }
    Condition ready = Conditions.find(after, ConditionType.READY).orElse(null);
    if (stalled == null && ready != null && turned(before, ready, ConditionType.READY)) {
      notes.add(note(ready));
    }
    Condition rollout = Conditions.find(after, ConditionType.ROLLOUT_HEALTHY).orElse(null);
    // While enough others serve, Ready does not say that tasks fail.
    boolean failing = rollout != null && "False".equals(rollout.getStatus());
    if (failing
        && turned(before, rollout, ConditionType.ROLLOUT_HEALTHY)
        && notes.isEmpty()
        && !rollout.getReason().equals(reason(ready))
        && !rollout.getReason().equals(reason(stalled))) {
      notes.add(note(rollout));
    }
    // They say nothing of Ready, so nothing else tells them.
    for (ConditionType type :
        List.of(ConditionType.BACKUP_HEALTHY, ConditionType.PREREQUISITES_MET)) {
      Conditions.find(after, type)
          .filter(now -> "False".equals(now.getStatus()) && turned(before, now, type))
          .ifPresent(now -> notes.add(note(now)));
    }
    Condition synced = Conditions.find(after, ConditionType.SYNCED).orElse(null);
    if (synced != null
        && Reason.DRIFTED.text().equals(synced.getReason())
        && turned(before, synced, ConditionType.SYNCED)) {
      notes.add(note(synced));
    }
    return notes;
  }

  private static boolean turned(List<Condition> before, Condition now, ConditionType type) {
    Condition then = Conditions.find(before, type).orElse(null);
    return then == null
        || !now.getStatus().equals(then.getStatus())
        || !now.getReason().equals(then.getReason());
  }

  private static String reason(Condition condition) {
    return condition == null ? null : condition.getReason();
  }

  private static Pass.Note note(Condition condition) {
    boolean stalled = ConditionType.STALLED.text().equals(condition.getType());
    boolean normal = Reason.of(condition.getReason()).filter(NORMAL::contains).isPresent();
    return new Pass.Note(stalled || !normal, condition.getReason(), condition.getMessage());
  }
}
