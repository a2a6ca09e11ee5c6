package dev.fargate.operator.plan;

import dev.fargate.operator.plan.PlanOptions.Deletion;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Stack;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * From what is wanted and what is there to the whole path between them. Pure: the same input gives
 * the same plan, in whatever order AWS lists its things. Nothing is remembered from one look to the
 * next; where a change takes several steps, which of them are done is seen from AWS.
 */
public final class Planner {
  private Planner() {}

  /**
   * The plan for one custom resource. An empty stack plans its deletion.
   *
   * @throws IllegalArgumentException when a resource of the stack refers to one that is not in it
   */
  public static Plan plan(Stack desired, Observed observed, PlanOptions options) {
    Draft draft = new Draft(desired, observed, options);
    if (desired.resources().isEmpty() && options.deletion() == Deletion.RETAIN) {
      return leaveAll(draft);
    }
    PlainSteps plain = new PlainSteps(draft);
    TargetGroups targetGroups = new TargetGroups(draft);
    RuleSteps rules = new RuleSteps(draft, targetGroups);
    RestoreSteps restore = new RestoreSteps(draft);
    ServiceSteps service = new ServiceSteps(draft, targetGroups, restore);
    Removals removals = new Removals(draft, targetGroups, rules, service, restore);

    draft.matches.all().stream().filter(Match::isAdopted).forEach(draft::adopt);
    plain.plan();
    rules.plan();
    restore.plan();
    service.plan();
    removals.plan();

    plain.order();
    new ListenerSteps(draft).order();
    service.order(rules, removals.parking());
    restore.order(service);
    new Dependencies(draft).order();
    draft.afterAdoption();
    return new Plan(
        desired.owner(),
        Sequence.of(draft.steps),
        draft.conflicts,
        draft.matches.resolution(),
        removals.kept(),
        unread(draft),
        service.givenUp,
        draft.matches.ignored());
  }

  private static Plan leaveAll(Draft draft) {
    List<ObservedResource> all =
        java.util.stream.Stream.concat(
                draft.matches.extras().stream(), draft.matches.revisions().stream())
            .sorted(Comparator.comparing(resource -> resource.actual().id().toString()))
            .toList();
    return new Plan(
        draft.stack.owner(), List.of(), List.of(), draft.matches.resolution(), all, Set.of());
  }

  /** The unread kinds that matter: when deleting any, else those that are wanted. */
  private static Set<Kind> unread(Draft draft) {
    Set<Kind> unread = EnumSet.noneOf(Kind.class);
    unread.addAll(draft.observed.unknownKinds());
    if (!draft.stack.resources().isEmpty()) {
      unread.removeIf(kind -> draft.matches.of(kind).isEmpty());
    }
    return unread;
  }
}
