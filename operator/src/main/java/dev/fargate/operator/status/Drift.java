package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.ObjectStatus;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.stack.Kind;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether AWS differs because somebody changed it there: what is wanted is still what AWS equalled
 * once.
 */
final class Drift {
  /** A message names this many things; the rest is a number. */
  private static final int NAMED = 5;

  /** Values can be long lists; a message should stay readable. */
  private static final int VALUE_LIMIT = 100;

  /** Work that goes on for another reason stays that until it is done. */
  private static final Set<String> OTHER_WORK =
      Set.of(Reason.PLAN_PENDING.text(), Reason.PLAN_CHANGED.text());

  static final String BY_OTHERS = "Changed in AWS by others: ";

  private Drift() {}

  /** The message where nothing holds us back. */
  static String putBack(String drift) {
    return BY_OTHERS + drift + " It is being put back.";
  }

  /**
   * What differs, field by field; empty when nothing does, or when that is not others' doing.
   *
   * @param digest of what is wanted now
   */
  static Optional<String> of(Plan plan, ObjectStatus before, String digest) {
    boolean sameWish = digest.equals(before.syncedDigest);
    boolean otherWork =
        Conditions.find(before.conditions, ConditionType.SYNCED)
            .map(Condition::getReason)
            .filter(OTHER_WORK::contains)
            .isPresent();
    List<Action> drifted =
        plan.actions().stream().filter(action -> !isHousekeeping(action)).toList();
    // The wanted values of a secret are not in what is wanted (decision 12).
    boolean secret =
        drifted.stream().anyMatch(a -> a.id().kind() == Kind.SECRET && a.verb() == Verb.UPDATE);
    if (!sameWish || otherWork || secret || drifted.isEmpty()) {
      return Optional.empty();
    }
    String named =
        drifted.stream().limit(NAMED).map(Drift::describe).collect(Collectors.joining("; "));
    return Optional.of(
        named
            + (drifted.size() > NAMED ? "; and " + (drifted.size() - NAMED) + " more" : "")
            + ".");
  }

  /** Old revisions go when their time has come. */
  private static boolean isHousekeeping(Action action) {
    return action.verb() == Verb.DELETE && action.id().kind() == Kind.TASK_DEFINITION;
  }

  /** {@code TargetGroup/web healthCheck.path: /x -> /healthz}. */
  private static String describe(Action action) {
    if (action.verb() == Verb.DELETE) {
      return action.id() + " is there once too often";
    } else if (action.changes().isEmpty()) {
      return action.id() + " is gone";
    }
    return action.changes().stream()
        .map(
            change ->
                action.id()
                    + " "
                    + change.field()
                    + ": "
                    + value(change.before())
                    + " -> "
                    + value(change.after()))
        .collect(Collectors.joining("; "));
  }

  private static String value(String value) {
    if (value == null) {
      return "(absent)";
    }
    return value.length() <= VALUE_LIMIT ? value : value.substring(0, VALUE_LIMIT - 1) + "…";
  }
}
