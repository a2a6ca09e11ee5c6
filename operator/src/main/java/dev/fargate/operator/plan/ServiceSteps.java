package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.Match.State;
import dev.fargate.operator.plan.diff.Differs;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The ECS service: created, changed in one step, or in several where something must be left behind
 * first (an old target group that still gets traffic, a Cloud Map service whose successor cannot
 * exist beside it), or where ECS takes another strategy only after a rolling deployment.
 */
final class ServiceSteps {
  /** Not remembered: only a database at zero tasks is asked. */
  private static final String AFRESH = "restored";

  private final Draft draft;
  private final TargetGroups targetGroups;
  private final RestoreSteps restore;

  /** What can be asked of the service now; null when that is how it is. */
  Step first;

  /** What must wait until the first has become true, in its order. */
  final List<Step> later = new ArrayList<>();

  /** A rollback has left what is wanted, so nothing leads there until the spec changes. */
  boolean givenUp;

  ServiceSteps(Draft draft, TargetGroups targetGroups, RestoreSteps restore) {
    this.draft = draft;
    this.restore = restore;
    this.targetGroups = targetGroups;
  }

  void plan() {
    draft.matches.service().ifPresent(this::plan);
    for (Step step : draft.writes(Kind.SERVICE)) {
      // On the task's own disk the data goes with the task.
      step.losesData = draft.isDatabase() && !draft.hasStorage() && step.startsDeployment();
    }
  }

  private void plan(Match match) {
    Service wanted = (Service) match.wanted();
    if (match.state() == State.MISSING || match.state() == State.BLOCKED) {
      first = draft.create(match, wanted);
    } else if (match.state() == State.PRESENT && restore.holds()) {
      hold(match, wanted, (Service) match.present().actual());
    } else if (match.state() == State.PRESENT) {
      change(match, wanted, (Service) match.present().actual());
    }
  }

  /** Without a task while its data is moved; what else is wanted of it comes with the next one. */
  private void hold(Match match, Service asked, Service actual) {
    givenUp = GivenUp.is(draft);
    Service none = actual.with(new Service.Count(0, true));
    List<FieldChange> changes = changes(actual, none);
    first = changes.isEmpty() ? null : draft.next(match, none, changes);
    Service wanted = afresh(none, asked);
    Service back = givenUp ? asDeployed(wanted, actual) : wanted;
    later.add(draft.next(match, back, changes(none, back)));
  }

  /**
   * A database comes back from no task with other data. Where ECS has given up on its deployment it
   * would start none, however many are asked for: it needs another one.
   */
  private Service afresh(Service from, Service wanted) {
    Rollout rollout = draft.observed.rollout();
    boolean isStuck =
        rollout != null
            && !rollout.deployments().isEmpty()
            && "FAILED".equals(rollout.deployments().get(0).rolloutState());
    boolean comesBack = from.count().desired() == 0 && wanted.count().desired() > 0;
    return draft.isDatabase() && isStuck && comesBack ? wanted.restarted(AFRESH) : wanted;
  }

  private void change(Match match, Service asked, Service actual) {
    givenUp = GivenUp.is(draft);
    Service wanted = afresh(actual, asked);
    List<Service> path =
        givenUp
            ? List.of(asDeployed(wanted, actual))
            : new ServicePath(draft, forNow(wanted)).to(wanted);
    Service now = path.get(0);
    first = draft.update(match, now, changes(actual, now));
    if (first != null && first.touches("deployment.strategy") && !draft.running.steady()) {
      // ECS changes the strategy between two deployments only (AWS-FACTS 4.7).
      first.waitFor(Running.ROLLOUT);
    }
    for (Service next : path.subList(1, path.size())) {
      List<FieldChange> changes = changes(now, next);
      now = next;
      if (!changes.isEmpty()) {
        later(match, next, changes);
      }
    }
  }

  private void later(Match match, Service next, List<FieldChange> changes) {
    boolean nothingBefore = steps().isEmpty();
    List<Step> before = steps();
    Step step = draft.next(match, next, changes);
    step.reason =
        next.shifts()
            ? "from now on ECS moves the traffic"
            : next.loadBalancers().stream().anyMatch(target -> target.shift() != null)
                ? "ECS takes what it needs to move traffic with a rolling deployment"
                : "leaves what only the move needed";
    step.after(before);
    if (!nothingBefore || !draft.running.steady()) {
      step.waitFor(Running.ROLLOUT);
    }
    later.add(step);
  }

  private List<FieldChange> changes(Service from, Service to) {
    return Differs.changes(
        (Resource) draft.matches.resolution().resolve(from),
        draft.matches.resolution().resolve(to));
  }

  /** The wanted settings that need no deployment, on what is deployed. */
  private static Service asDeployed(Service wanted, Service actual) {
    return new Service(
        wanted.id(),
        wanted.name(),
        wanted.clusterArn(),
        actual.taskDefinitionArn(),
        wanted.count(),
        actual.capacity(),
        actual.network(),
        actual.loadBalancers(),
        actual.registries(),
        wanted.deployment().with(actual.deployment().strategy()),
        wanted.healthCheckGracePeriodSeconds(),
        actual.platformVersion(),
        wanted.propagateTags(),
        wanted.restartToken());
  }

  /** What is wanted, and beside it what must not be left yet. */
  private Service forNow(Service wanted) {
    List<Service.Target> targets = new ArrayList<>(targetGroups.kept());
    targets.addAll(wanted.loadBalancers());
    List<Value> registries = new ArrayList<>(wanted.registries());
    registries.removeIf(this::isTaken);
    return new Service(
        wanted.id(),
        wanted.name(),
        wanted.clusterArn(),
        wanted.taskDefinitionArn(),
        wanted.count(),
        wanted.capacity(),
        wanted.network(),
        targets,
        registries,
        wanted.deployment(),
        wanted.healthCheckGracePeriodSeconds(),
        wanted.platformVersion(),
        wanted.propagateTags(),
        wanted.restartToken());
  }

  /** A Cloud Map service that cannot be made before its predecessor of the same name is gone. */
  private boolean isTaken(Value registry) {
    return draft.matches.of(Kind.DISCOVERY_SERVICE).stream()
        .filter(match -> match.state() == State.BLOCKED)
        .anyMatch(match -> registry.equals(Value.ref(match.id(), Output.ARN)));
  }

  /** Whether the service is as wanted and no old task is left. */
  boolean isSettled() {
    return !draft.running.exists()
        || !givenUp
            && later.isEmpty()
            && (first == null || !first.startsDeployment())
            && draft.running.steady();
  }

  /** Whether all that is asked for now is so, and no old task is left. */
  boolean isFirstDone() {
    return !draft.running.exists()
        || (first == null || !first.startsDeployment()) && draft.running.steady();
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    if (first != null) {
      steps.add(first);
    }
    steps.addAll(later);
    return steps;
  }

  /** What the service needs beside the things it refers to. */
  void order(RuleSteps rules, List<Step> parking) {
    for (Step step : steps()) {
      if (step.verb == Verb.CREATE || step.startsDeployment()) {
        // A task that cannot reach its database yet would count as failed.
        step.after(draft.of(Verb.CREATE, Kind.SECURITY_GROUP_RULE));
        mountable(step);
      }
      if (step.touches("count")) {
        // Else the scaling would change the count back.
        step.after(draft.of(Verb.DELETE, Kind.SCALABLE_TARGET));
      }
    }
    // ECS takes only a target group that a load balancer forwards to (AWS-FACTS 4.2).
    for (Step step : later) {
      if (step.touches("loadBalancers")) {
        step.after(rules.attaching);
      }
    }
    if (first != null && (first.verb == Verb.CREATE || first.touches("loadBalancers"))) {
      first.after(rules.attaching);
      draft.matches.of(Kind.LISTENER_RULE).stream()
          .filter(rule -> rule.obstacle() != null && isNeededBy((Service) first.desired, rule))
          .filter(rule -> !isTiedByAnother(rule))
          .forEach(rule -> first.waitFor(rule.obstacle()));
    }
    for (Step shift : rules.shifting) {
      shift.after(first == null ? List.of() : List.of(first));
      later.forEach(step -> step.after(List.of(shift)));
    }
    for (Step finish : rules.finishing) {
      finish.after(steps());
    }
    List<Step> moves = new ArrayList<>(rules.shifting);
    moves.addAll(parking);
    for (Step policy : draft.of(Verb.UPDATE, Kind.SCALING_POLICY)) {
      if (policy.touches("resourceLabel")) {
        afterTheRequests(policy, moves);
      }
    }
    for (Step alarm : draft.of(Verb.UPDATE, Kind.METRIC_ALARM)) {
      if (alarm.touches("queries")) {
        afterTheRequests(alarm, moves);
      }
    }
  }

  /** Requests are counted where they arrive. */
  private static void afterTheRequests(Step counting, List<Step> moves) {
    counting.after(moves);
    moves.stream()
        .filter(shift -> shift.waitingFor != null)
        .forEach(shift -> counting.waitFor(shift.waitingFor));
  }

  /** A task that finds no mount target in its zone does not start. */
  void mountable(Step step) {
    for (Match mountTarget : draft.matches.of(Kind.MOUNT_TARGET)) {
      List<Step> create = draft.creates(mountTarget.id());
      step.after(create);
      if (!create.isEmpty()) {
        step.waitFor(mountTarget.id() + " to become active");
      } else if (mountTarget.obstacle() != null) {
        step.waitFor(mountTarget.obstacle());
      }
    }
  }

  /** Whether another rule ties the same target groups to a load balancer. */
  private boolean isTiedByAnother(Match rule) {
    return ((ListenerRule) rule.wanted())
        .forwards().stream()
            .allMatch(
                forward ->
                    draft.matches.of(Kind.LISTENER_RULE).stream()
                        .filter(other -> other.obstacle() == null)
                        .flatMap(other -> ((ListenerRule) other.wanted()).forwards().stream())
                        .anyMatch(o -> o.targetGroupArn().equals(forward.targetGroupArn())));
  }

  /** Whether without the rule a target group that is new to the service has no load balancer. */
  private boolean isNeededBy(Service desired, Match rule) {
    return ((ListenerRule) rule.wanted())
        .forwards().stream()
            .map(ListenerRule.Forward::targetGroupArn)
            .filter(
                group ->
                    !draft.running.serves(draft.matches.resolution().resolve(group).toString()))
            .anyMatch(
                group ->
                    desired.loadBalancers().stream()
                        .anyMatch(target -> target.targetGroupArn().equals(group)));
  }
}
