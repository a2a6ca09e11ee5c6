package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Match.State;
import dev.fargate.operator.plan.Plan.Conflict;
import dev.fargate.operator.plan.diff.Differs;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.ListenerRule.Forward;
import dev.fargate.operator.stack.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Listener rules: claims, priorities, and the way traffic moves from a target group to its
 * successor without a 503.
 *
 * <p>That way has three forwards. <em>Attach</em>: the successor joins at weight 0, because ECS
 * takes only a target group that has a load balancer. <em>Shift</em>: once every task is registered
 * with both groups, all weight goes to the successor. <em>Finish</em>: once no task is left in the
 * old one, it is forwarded to no more. Where the rule stands is seen from the rule, the service and
 * its rollout; nothing is remembered.
 */
final class RuleSteps {
  /** All of a rule's traffic, until ECS writes its own weights. */
  private static final int FULL_WEIGHT = 1;

  private final Draft draft;
  private final TargetGroups targetGroups;
  private final RulePriorities priorities;

  /** The steps that need nothing of the service: rules are created, successors attached. */
  final List<Step> attaching = new ArrayList<>();

  /** The steps that take the traffic from an old target group. */
  final List<Step> shifting = new ArrayList<>();

  /** The steps that let go of an old target group. */
  final List<Step> finishing = new ArrayList<>();

  RuleSteps(Draft draft, TargetGroups targetGroups) {
    this.draft = draft;
    this.targetGroups = targetGroups;
    this.priorities = new RulePriorities(draft.observed.listeners());
  }

  void plan() {
    for (Match match : draft.matches.of(Kind.LISTENER_RULE)) {
      ListenerRule resolved = (ListenerRule) match.resolved();
      if (match.state() == State.MISSING || match.state() == State.BLOCKED) {
        ListenerRule wanted = (ListenerRule) match.wanted();
        OptionalInt priority = priority(resolved, null);
        Step step = draft.create(match, with(wanted, priority, weighed(wanted, List.of())));
        attaching.add(step);
        if (priority.isEmpty()) {
          step.waitFor(rowFull(match));
        }
      } else if (match.state() == State.PRESENT && !isAnothers(resolved)) {
        change(match);
      }
    }
  }

  /** A live rule that lost its claim stays as it is: the holder's rule comes first anyway. */
  private boolean isAnothers(ListenerRule resolved) {
    Optional<Claims.Holder> holder =
        RuleClaims.inTheWay(draft.stack.owner(), resolved, draft.observed, draft.options);
    holder.ifPresent(held -> draft.conflicts.add(RuleClaims.conflict(resolved, held)));
    return holder.isPresent();
  }

  private OptionalInt priority(ListenerRule resolved, Integer current) {
    Integer behind =
        draft.matches.extrasOf(Kind.LISTENER_RULE).stream()
            .map(extra -> (ListenerRule) extra.actual())
            .filter(resolved::sharesWith)
            .map(ListenerRule::priority)
            .max(Comparator.naturalOrder())
            .orElse(null);
    return priorities.choose(resolved.listenerArn().toString(), resolved, current, behind);
  }

  /** Says that there is no place for the rule. @return what it waits for */
  private String rowFull(Match match) {
    int row = RulePriorities.row((ListenerRule) match.wanted());
    String what = "a free priority from " + row + " on for " + match.id();
    draft.conflicts.add(
        new Conflict(what, ((ListenerRule) match.resolved()).listenerArn().toString()));
    return what;
  }

  private void change(Match match) {
    ListenerRule wanted = (ListenerRule) match.wanted();
    ListenerRule actual = (ListenerRule) match.present().actual();
    OptionalInt chosen = priority((ListenerRule) match.resolved(), actual.priority());
    OptionalInt priority = chosen.isPresent() ? chosen : OptionalInt.of(actual.priority());
    if (chosen.isEmpty()) {
      rowFull(match);
    }

    List<Forward> old =
        actual.forwards().stream().filter(forward -> targetGroups.isOld(arn(forward))).toList();
    boolean ready =
        wanted.forwards().stream().allMatch(f -> targetGroups.isReady(f.targetGroupArn()));
    boolean drained = old.stream().noneMatch(f -> targetGroups.isInUse(arn(f)));

    List<Forward> own = weighed(wanted, actual.forwards());
    ListenerRule finish = with(wanted, priority, own);
    ListenerRule shift = with(wanted, priority, both(atZero(old), own));
    ListenerRule attach = with(wanted, priority, attached(wanted, actual, old));
    Step done = null;
    Resource now = actual;
    if (!old.isEmpty() && !ready) {
      done = step(match, now, attach, attaching, "attaches the new target group, without traffic");
      now = attach;
    }
    if (!old.isEmpty() && (!ready || !drained)) {
      Step step = step(match, now, shift, shifting, "moves the traffic to the new target group");
      if (step != null && !ready) {
        step.waitFor(Running.ROLLOUT);
      }
      chain(done, step);
      done = step == null ? done : step;
      now = shift;
    }
    List<Step> last = old.isEmpty() ? attaching : finishing;
    Step step = step(match, now, finish, last, old.isEmpty() ? null : "lets go of the old one");
    if (step != null && !old.isEmpty() && (!ready || !drained)) {
      step.waitFor(Running.ROLLOUT);
    }
    chain(done, step);
  }

  private static void chain(Step earlier, Step later) {
    if (earlier != null && later != null) {
      later.after(List.of(earlier));
    }
  }

  /** One change of the rule from what it is by then; null when that is nothing. */
  private Step step(Match match, Resource from, ListenerRule to, List<Step> stage, String reason) {
    Resource before = draft.matches.resolution().resolve(from);
    List<FieldChange> changes = Differs.changes(before, draft.matches.resolution().resolve(to));
    boolean first = from == match.present().actual();
    Step step =
        first
            ? draft.update(match, to, changes)
            : changes.isEmpty() ? null : draft.next(match, to, changes);
    if (step != null) {
      step.reason = reason;
      stage.add(step);
    }
    return step;
  }

  /** Until the successor is ready, everything forwards as it does; it only joins. */
  private List<Forward> attached(ListenerRule wanted, ListenerRule actual, List<Forward> old) {
    List<Forward> forwards = new ArrayList<>(old);
    boolean traffic = old.stream().anyMatch(forward -> forward.weight() > 0);
    for (Forward forward : wanted.forwards()) {
      String arn = draft.matches.resolution().resolve(forward.targetGroupArn()).toString();
      Optional<Forward> live =
          actual.forwards().stream().filter(f -> arn(f).equals(arn)).findFirst();
      traffic |= live.isPresent() && live.get().weight() > 0;
      forwards.add(new Forward(forward.targetGroupArn(), live.map(Forward::weight).orElse(0)));
    }
    return traffic ? forwards : both(atZero(old), weighed(wanted, actual.forwards()));
  }

  /**
   * The wanted forwards with weights that can be written. Weights that belong to ECS stay as they
   * are, whichever group has the traffic (C7); where there are none yet, the group with the tasks
   * has it.
   */
  private List<Forward> weighed(ListenerRule wanted, List<Forward> live) {
    if (!wanted.isWeighedByEcs()) {
      return wanted.forwards();
    }
    List<Forward> weighed = new ArrayList<>();
    for (Forward forward : wanted.forwards()) {
      String arn = draft.matches.resolution().resolve(forward.targetGroupArn()).toString();
      int weight = live.stream().filter(f -> arn(f).equals(arn)).mapToInt(Forward::weight).sum();
      weighed.add(new Forward(forward.targetGroupArn(), weight));
    }
    if (weighed.stream().allMatch(forward -> forward.weight() == 0)) {
      int serving = 0;
      for (int i = 0; i < weighed.size(); i++) {
        if (draft.running.steady() && targetGroups.serves(weighed.get(i).targetGroupArn())) {
          serving = i;
        }
      }
      weighed.set(serving, new Forward(weighed.get(serving).targetGroupArn(), FULL_WEIGHT));
    }
    return weighed;
  }

  private static List<Forward> both(List<Forward> old, List<Forward> wanted) {
    List<Forward> forwards = new ArrayList<>(old);
    forwards.addAll(wanted);
    return forwards;
  }

  private static List<Forward> atZero(List<Forward> forwards) {
    return forwards.stream().map(f -> new Forward(f.targetGroupArn(), 0)).toList();
  }

  static String arn(Forward forward) {
    return forward.targetGroupArn().toString();
  }

  private static ListenerRule with(
      ListenerRule rule, OptionalInt priority, List<Forward> forwards) {
    return new ListenerRule(
        rule.id(),
        rule.listenerArn(),
        priority.isPresent() ? (Integer) priority.getAsInt() : null,
        rule.priorityBase(),
        rule.hosts(),
        rule.paths(),
        rule.sourceCidrs(),
        forwards);
  }
}
