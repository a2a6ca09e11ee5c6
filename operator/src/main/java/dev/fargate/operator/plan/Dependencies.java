package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.ResourceId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each step needs of the resources it refers to: made before, waited for, or out of reach. */
final class Dependencies {
  /** Made in moments, usable only after some time: what needs it is made by a later pass. */
  private static final Set<Kind> TAKES_TIME =
      Set.of(Kind.FILE_SYSTEM, Kind.ACCESS_POINT, Kind.MOUNT_TARGET);

  private final Draft draft;

  Dependencies(Draft draft) {
    this.draft = draft;
  }

  void order() {
    // In the order of creation: what is left out takes along what depends on it.
    List<Step> writes =
        draft.steps.stream()
            .filter(step -> step.verb != Verb.DELETE)
            .sorted(Comparator.comparing((Step step) -> step.id.kind()))
            .toList();
    for (Step step : writes) {
      boolean possible = true;
      for (ResourceId reference : Resolution.references(step.desired)) {
        possible &= order(step, reference);
      }
      if (!possible) {
        draft.steps.remove(step);
        draft.steps.forEach(other -> other.after.remove(step));
      }
    }
    freeNames();
  }

  /** Whether what is referred to is there or on its way. */
  private boolean order(Step step, ResourceId reference) {
    Map<ResourceId, Match> matches = draft.matches.byId();
    Match match = matches.get(reference);
    if (match == null) {
      throw new IllegalArgumentException(
          step.id
              + " refers to "
              + reference
              + ", which is not in the stack of "
              + draft.stack.owner().reference());
    }
    switch (match.state()) {
      case UNREAD:
        return false;
      case MISSING:
      case BLOCKED:
        step.after(draft.creates(reference));
        if (TAKES_TIME.contains(reference.kind())) {
          step.waitFor(reference + " to become active");
        }
        return !draft.creates(reference).isEmpty();
      case PENDING:
      case CONFLICT:
      case RECENT:
        step.waitFor(match.obstacle());
        return true;
      default:
        if (reference.kind() == Kind.SECRET) {
          // A changed secret has another version, and the step may name it.
          step.after(draft.of(Verb.UPDATE, Kind.SECRET));
        }
        return true;
    }
  }

  /** What takes the name of something that is going waits until it is gone. */
  private void freeNames() {
    for (Step create : draft.steps) {
      if (create.verb == Verb.CREATE) {
        create.after(
            draft.of(Verb.DELETE, create.id.kind()).stream()
                .filter(
                    step ->
                        draft.matches.byId().get(create.id).state() == Match.State.BLOCKED
                            && step.observed
                                .actual()
                                .physicalName()
                                .equalsIgnoreCase(create.desired.physicalName()))
                .toList());
      }
    }
  }
}
