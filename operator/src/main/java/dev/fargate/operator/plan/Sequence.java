package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Action.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the steps into an order in which they can be carried out: each after those it needs; where
 * that leaves a choice, creations and changes forward, deletions after them and backwards. The same
 * steps always give the same order.
 */
final class Sequence {
  private static final Comparator<Step> PREFERENCE =
      Comparator.comparing((Step step) -> step.verb == Verb.DELETE)
          .thenComparing(
              step ->
                  step.verb == Verb.DELETE ? -step.id.kind().ordinal() : step.id.kind().ordinal())
          .thenComparing(step -> step.id.name())
          .thenComparing(step -> step.toAction().actionId());

  private Sequence() {}

  static List<Action> of(Collection<Step> steps) {
    List<Step> rest = new ArrayList<>(steps);
    rest.forEach(step -> step.after.retainAll(steps));
    rest.sort(PREFERENCE);
    List<Action> actions = new ArrayList<>();
    Set<Step> done = new HashSet<>();
    while (!rest.isEmpty()) {
      Step next =
          rest.stream()
              .filter(step -> done.containsAll(step.after))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("steps need each other: " + ids(rest)));
      rest.remove(next);
      done.add(next);
      actions.add(next.toAction());
    }
    return actions;
  }

  private static List<String> ids(List<Step> steps) {
    return steps.stream().map(step -> step.toAction().actionId()).toList();
  }
}
