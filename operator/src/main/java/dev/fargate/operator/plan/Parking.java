package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.diff.Differs;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules that nobody wants any more, while the service's tasks are still registered with their
 * target group. Such a rule is parked first: it takes no more requests, but the group keeps its
 * load balancer. Without one its targets would not be checked any more, and ECS, which counts a
 * task as healthy when all its targets are, could stop healthy tasks before their successors serve
 * (AWS-FACTS 4.4, 6.3). Once the tasks have left the group, the rule is deleted.
 */
final class Parking {
  private final Draft draft;
  private final TargetGroups targetGroups;
  private final List<Step> steps = new ArrayList<>();

  Parking(Draft draft, TargetGroups targetGroups) {
    this.draft = draft;
    this.targetGroups = targetGroups;
  }

  /** The step that parks this rule before it is deleted; null when it needs none (any more). */
  Step park(ObservedResource unwanted) {
    ListenerRule rule = (ListenerRule) unwanted.actual();
    if (rule.isParked() || !isInUse(rule)) {
      return null;
    }
    ListenerRule parked = rule.parked();
    Step step =
        new Step(
            Verb.UPDATE,
            rule.id(),
            parked,
            unwanted,
            Differs.changes(rule, parked),
            RequiredTags.of(draft.stack, parked, ""));
    step.reason = "takes no more requests; it goes once the tasks have left its target group";
    draft.steps.add(step);
    steps.add(step);
    return step;
  }

  /** All steps found so far. */
  List<Step> steps() {
    return steps;
  }

  /** Whether the service's tasks are registered with a group that only unwanted rules name. */
  boolean isInUse(ListenerRule rule) {
    return draft.matches.service().isPresent()
        && rule.forwards().stream()
            .map(RuleSteps::arn)
            .anyMatch(arn -> targetGroups.isOld(arn) && targetGroups.isInUse(arn));
  }

  /**
   * Whether no task will be registered with the rule's groups after the next deployment, and none
   * takes over its requests: then it must take none before that deployment begins.
   */
  boolean isLeftBehind(ListenerRule rule) {
    return draft.matches.of(Kind.LISTENER_RULE).stream()
            .noneMatch(match -> rule.sharesWith((ListenerRule) match.resolved()))
        && rule.forwards().stream()
            .map(RuleSteps::arn)
            .allMatch(arn -> !targetGroups.isOld(arn) || !targetGroups.isKept(arn));
  }
}
