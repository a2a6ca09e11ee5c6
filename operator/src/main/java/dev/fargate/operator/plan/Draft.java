package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.Match.State;
import dev.fargate.operator.plan.Plan.Conflict;
import dev.fargate.operator.plan.diff.Differs;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** A plan in the making: what it is made from, and the steps found so far. */
final class Draft {
  final Stack stack;
  final Observed observed;
  final PlanOptions options;
  final Matches matches;
  final Running running;
  final List<Step> steps = new ArrayList<>();
  final List<Conflict> conflicts;

  Draft(Stack stack, Observed observed, PlanOptions options) {
    this.stack = stack;
    this.observed = observed;
    this.options = options;
    this.matches = Matcher.match(stack, observed, options);
    this.running = Running.of(matches, observed);
    this.conflicts = new ArrayList<>(matches.conflicts());
  }

  /** Creates what is missing; for a replacement the fields that made it necessary are shown. */
  Step create(Match match, Resource desired) {
    List<FieldChange> changes = List.of();
    ObservedResource predecessor = null;
    if (!match.predecessors().isEmpty()) {
      predecessor = match.predecessors().get(0);
      changes = Differs.changes(predecessor.actual(), matches.resolution().resolve(desired));
    }
    return create(match, desired, predecessor, changes);
  }

  Step create(
      Match match, Resource desired, ObservedResource predecessor, List<FieldChange> changes) {
    SortedMap<String, String> tags = RequiredTags.of(stack, match.wanted(), matches.contentHash());
    Step step = new Step(Verb.CREATE, match.id(), desired, predecessor, changes, tags);
    if (match.state() == State.BLOCKED) {
      step.waitFor(match.obstacle());
    }
    steps.add(step);
    return step;
  }

  /**
   * Changes what is there.
   *
   * @param changes its fields that differ; tags that are lacking are added; null is returned when
   *     nothing differs at all
   */
  Step update(Match match, Resource desired, List<FieldChange> changes) {
    SortedMap<String, String> tags = RequiredTags.of(stack, match.wanted(), matches.contentHash());
    List<FieldChange> all = new ArrayList<>(changes);
    if (!match.isAdopted()) {
      all.addAll(RequiredTags.changes(match.present().tags(), tags));
    }
    return all.isEmpty() ? null : next(match, desired, all);
  }

  /** Puts our tags on what somebody else has made, and nothing more. */
  void adopt(Match match) {
    SortedMap<String, String> tags = RequiredTags.of(stack, match.wanted(), matches.contentHash());
    tags.remove(Ownership.ATTEMPT);
    tags.remove(Ownership.RESTARTED_AT);
    Resource asItIs =
        (Resource) Ignored.with(match.present().actual(), match.wanted(), List.of("id"));
    List<FieldChange> lacking = RequiredTags.lacking(match.present().tags(), tags);
    Step step = new Step(Verb.ADOPT, match.id(), asItIs, match.present(), lacking, tags);
    step.reason =
        "takes over " + Matcher.arn(match.present()) + "; deletionPolicy holds for it from then on";
    steps.add(step);
  }

  /** What is changed of a thing that is taken over is changed once it is ours. */
  void afterAdoption() {
    for (Step adoption : steps.stream().filter(step -> step.verb == Verb.ADOPT).toList()) {
      steps.stream()
          .filter(step -> step.verb == Verb.UPDATE && step.id.equals(adoption.id))
          .forEach(step -> step.after(List.of(adoption)));
    }
  }

  /** A further change of the same resource, after an earlier step of this plan. */
  Step next(Match match, Resource desired, List<FieldChange> changes) {
    SortedMap<String, String> tags = RequiredTags.of(stack, match.wanted(), matches.contentHash());
    Step step = new Step(Verb.UPDATE, match.id(), desired, match.present(), changes, tags);
    stack
        .find(match.id())
        .ifPresent(asked -> step.leadsTo = options.ignored().keep(desired, asked));
    if (!step.startsDeployment()) {
      // Nothing of what is wanted is tried by this step.
      tags.remove(Ownership.ATTEMPT);
    }
    steps.add(step);
    return step;
  }

  Step delete(ObservedResource observed) {
    Step step = Step.delete(observed);
    steps.add(step);
    return step;
  }

  List<Step> of(Verb verb, Kind kind) {
    return steps.stream().filter(step -> step.verb == verb && step.id.kind() == kind).toList();
  }

  /** Every step that creates or changes the kind. */
  List<Step> writes(Kind kind) {
    return steps.stream()
        .filter(step -> step.verb != Verb.DELETE && step.id.kind() == kind)
        .toList();
  }

  List<Step> creates(ResourceId id) {
    return steps.stream().filter(step -> step.verb == Verb.CREATE && step.id.equals(id)).toList();
  }

  /** Whether what is in the database outlives its task. */
  boolean hasStorage() {
    return stack.resources().isEmpty()
        ? matches.extras().stream().anyMatch(e -> e.actual().id().kind() == Kind.ACCESS_POINT)
        : !matches.of(Kind.ACCESS_POINT).isEmpty();
  }

  boolean isDatabase() {
    return stack.owner().kind().equals("FargateDatabase");
  }
}
