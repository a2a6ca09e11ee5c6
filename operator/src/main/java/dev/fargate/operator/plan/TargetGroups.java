package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.TargetGroup;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where the target groups stand between the rules that forward to them and the service. */
final class TargetGroups {
  private final Draft draft;

  TargetGroups(Draft draft) {
    this.draft = draft;
  }

  /** Ours, but not wanted any more: replaced, or its ingress left the spec. */
  boolean isOld(String arn) {
    return old().anyMatch(group -> Matcher.arn(group).equals(arn));
  }

  private Stream<ObservedResource> old() {
    return draft.matches.extrasOf(Kind.TARGET_GROUP).stream()
        .filter(group -> group.lifecycle() != ObservedResource.Lifecycle.DELETING);
  }

  /**
   * Whether a wanted target group can take traffic: every task is registered with it, or there is
   * no service whose tasks could be.
   */
  boolean isReady(Value targetGroupArn) {
    if (!draft.running.exists() || !isWantedByService(targetGroupArn)) {
      return true;
    }
    Value arn = draft.matches.resolution().resolve(targetGroupArn);
    if (!Resolution.isKnown(arn) || !draft.running.serves(arn.toString())) {
      return false;
    }
    // Where the tasks cannot be in both groups, the old one empties as the new one fills: the
    // first healthy target is the best moment there is.
    return draft.running.steady()
        || !coexists(targetGroupArn) && draft.running.healthy(arn.toString());
  }

  /** Whether a rule forwards to nothing but the two target groups that traffic moves between. */
  boolean isShifted(ListenerRule rule) {
    return wantedTargets().stream()
        .filter(target -> target.shift() != null)
        .anyMatch(target -> groups(target).containsAll(arns(rule)));
  }

  private Set<String> groups(Service.Target target) {
    return Set.of(
        draft.matches.resolution().resolve(target.targetGroupArn()).toString(),
        draft.matches.resolution().resolve(target.shift().alternateTargetGroupArn()).toString());
  }

  private static List<String> arns(ListenerRule rule) {
    return rule.forwards().stream().map(RuleSteps::arn).toList();
  }

  /** Whether the service's tasks are registered with a wanted target group. */
  boolean serves(Value targetGroupArn) {
    return draft.running.serves(draft.matches.resolution().resolve(targetGroupArn).toString());
  }

  private boolean isWantedByService(Value targetGroupArn) {
    return wantedTargets().stream().anyMatch(t -> t.targetGroupArn().equals(targetGroupArn));
  }

  /** Whether tasks may still be registered with it, or draining. */
  boolean isInUse(String arn) {
    return draft.running.exists() && (draft.running.serves(arn) || !draft.running.steady());
  }

  /**
   * The old target groups that the service's tasks must stay registered with for now, because live
   * rules still send them traffic. New tasks are registered with old and new alike, so that at no
   * moment a request finds an empty group. As long as one has traffic all that a rule knows stay:
   * leaving them is one deployment, not one for each.
   */
  List<Service.Target> kept() {
    List<Service.Target> kept = new ArrayList<>();
    if (old().anyMatch(group -> hasTraffic(Matcher.arn(group)))) {
      old()
          .filter(group -> liveRules(Matcher.arn(group), 0).findAny().isPresent())
          .forEach(group -> keep(group).ifPresent(kept::add));
    }
    return kept;
  }

  /** Whether the service's tasks stay registered with an old target group for now. */
  boolean isKept(String arn) {
    return kept().stream().anyMatch(target -> target.targetGroupArn().toString().equals(arn));
  }

  private Optional<Service.Target> keep(ObservedResource group) {
    Optional<Service.Target> now = draft.running.target(Matcher.arn(group));
    if (now.isEmpty()) {
      return now;
    }
    Optional<Match> successor = successor(group);
    if (successor.isPresent() && !shareTasks(group, successor.get())) {
      return Optional.empty();
    }
    if (hasPort(now.get())) {
      return now;
    }
    // Its port has gone from the task definition. A target carries its own port, so the new port
    // serves in the old group as well.
    return successor
        .flatMap(
            match ->
                wantedTargets().stream()
                    .filter(t -> isIn(t, Value.ref(match.id(), Output.ARN)))
                    .findFirst())
        .map(
            target ->
                new Service.Target(
                    now.get().targetGroupArn(), target.containerName(), target.containerPort()));
  }

  private static boolean isIn(Service.Target target, Value group) {
    return target.targetGroupArn().equals(group)
        || target.shift() != null && target.shift().alternateTargetGroupArn().equals(group);
  }

  /** The one of the same ingress, or, where an ingress was renamed, of the same host and path. */
  private Optional<Match> successor(ObservedResource group) {
    List<Match> wanted = draft.matches.of(Kind.TARGET_GROUP);
    return wanted.stream()
        .filter(match -> match.id().equals(group.actual().id()))
        .findFirst()
        .or(
            () ->
                wanted.stream().filter(match -> takesOver(match, Matcher.arn(group))).findFirst());
  }

  private boolean takesOver(Match targetGroup, String oldArn) {
    Value arn = Value.ref(targetGroup.id(), Output.ARN);
    return draft.matches.of(Kind.LISTENER_RULE).stream()
        .filter(
            rule ->
                ((ListenerRule) rule.wanted())
                    .forwards().stream().anyMatch(f -> f.targetGroupArn().equals(arn)))
        .map(rule -> (ListenerRule) rule.resolved())
        .anyMatch(rule -> liveRules(oldArn, 1).anyMatch(rule::sharesWith));
  }

  private boolean coexists(Value targetGroupArn) {
    return draft.matches.of(Kind.TARGET_GROUP).stream()
        .filter(match -> Value.ref(match.id(), Output.ARN).equals(targetGroupArn))
        .allMatch(match -> match.predecessors().stream().allMatch(p -> shareTasks(p, match)));
  }

  /** Whether one task can answer in both: the same protocol in the same network. */
  private static boolean shareTasks(ObservedResource old, Match successor) {
    TargetGroup was = (TargetGroup) old.actual();
    TargetGroup becomes = (TargetGroup) successor.wanted();
    return was.protocol().equals(becomes.protocol())
        && was.protocolVersion().equals(becomes.protocolVersion())
        && was.vpcId().equals(becomes.vpcId());
  }

  private boolean hasTraffic(String arn) {
    return liveRules(arn, 1).anyMatch(rule -> !rule.isParked());
  }

  /** Our rules that forward to a target group with at least this weight. */
  private Stream<ListenerRule> liveRules(String targetGroupArn, int weight) {
    return draft.observed.resources().stream()
        .filter(resource -> resource.ownership() == ObservedResource.Ownership.OURS)
        .filter(resource -> resource.actual() instanceof ListenerRule)
        .map(resource -> (ListenerRule) resource.actual())
        .filter(
            rule ->
                rule.forwards().stream()
                    .anyMatch(
                        f -> RuleSteps.arn(f).equals(targetGroupArn) && f.weight() >= weight));
  }

  private boolean hasPort(Service.Target target) {
    return draft.matches.of(Kind.TASK_DEFINITION).stream()
        .flatMap(match -> ((TaskDefinition) match.wanted()).containers().stream())
        .filter(container -> container.name().equals(target.containerName()))
        .flatMap(container -> container.ports().stream())
        .anyMatch(port -> port.containerPort() == target.containerPort());
  }

  private List<Service.Target> wantedTargets() {
    return draft
        .matches
        .service()
        .map(match -> ((Service) match.wanted()).loadBalancers())
        .orElse(List.of());
  }
}
