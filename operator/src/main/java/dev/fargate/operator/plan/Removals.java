package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.Match.State;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.PlanOptions.Deletion;
import dev.fargate.operator.stack.BackupVault;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deleting what is ours and not wanted, late and backwards: nothing goes while something that runs
 * may still need it (AWS-FACTS 4.3, 5).
 */
final class Removals {
  private static final String SERVICE_GONE = "the service to become INACTIVE";

  /**
   * What must be gone before a kind is deleted, where both are deleted. Kinds that reach the
   * service's tasks stay until the tasks have stopped.
   */
  private static final Map<Kind, Set<Kind>> FIRST =
      Map.ofEntries(
          Map.entry(Kind.SCALABLE_TARGET, Set.of(Kind.SCALING_POLICY)),
          Map.entry(Kind.SERVICE, Set.of(Kind.SCALABLE_TARGET, Kind.SCALING_POLICY)),
          Map.entry(Kind.LISTENER_RULE, Set.of(Kind.SERVICE)),
          Map.entry(Kind.TARGET_GROUP, Set.of(Kind.SERVICE, Kind.LISTENER_RULE)),
          Map.entry(Kind.DISCOVERY_SERVICE, Set.of(Kind.SERVICE)),
          Map.entry(Kind.LISTENER, Set.of(Kind.LISTENER_RULE)),
          Map.entry(Kind.LOAD_BALANCER, Set.of(Kind.LISTENER)),
          Map.entry(Kind.SECURITY_GROUP_RULE, Set.of(Kind.SERVICE, Kind.LISTENER)),
          Map.entry(
              Kind.SECURITY_GROUP,
              Set.of(
                  Kind.SERVICE, Kind.SECURITY_GROUP_RULE, Kind.LOAD_BALANCER, Kind.MOUNT_TARGET)),
          Map.entry(Kind.MOUNT_TARGET, Set.of(Kind.SERVICE)),
          Map.entry(Kind.ACCESS_POINT, Set.of(Kind.SERVICE)),
          Map.entry(
              Kind.FILE_SYSTEM,
              Set.of(Kind.MOUNT_TARGET, Kind.ACCESS_POINT, Kind.BACKUP_SELECTION)),
          Map.entry(Kind.BACKUP_PLAN, Set.of(Kind.BACKUP_SELECTION)),
          Map.entry(Kind.BACKUP_VAULT, Set.of(Kind.BACKUP_PLAN)),
          Map.entry(Kind.PRIVATE_DNS_NAMESPACE, Set.of(Kind.DISCOVERY_SERVICE)),
          Map.entry(Kind.TASK_DEFINITION, Set.of(Kind.SERVICE)),
          Map.entry(Kind.SECRET, Set.of(Kind.SERVICE)),
          Map.entry(Kind.LOG_GROUP, Set.of(Kind.SERVICE)),
          Map.entry(Kind.CLUSTER, Set.of(Kind.SERVICE)));

  /** AWS deletes a mount target some time after the call, with its network interface. */
  private static final Set<Kind> NEEDS_FREE_INTERFACES =
      Set.of(Kind.SECURITY_GROUP, Kind.FILE_SYSTEM);

  /** Goes only when the whole goes, and that is asked for: no edit of a spec deletes data. */
  private static final Set<Kind> HOLDS_DATA =
      Set.of(Kind.FILE_SYSTEM, Kind.ACCESS_POINT, Kind.BACKUP_VAULT);

  private final Draft draft;
  private final TargetGroups targetGroups;
  private final RuleSteps rules;
  private final ServiceSteps service;
  private final RestoreSteps restore;
  private final boolean serviceWanted;
  private final List<ObservedResource> kept = new ArrayList<>();
  private final Parking parking;

  Removals(
      Draft draft,
      TargetGroups targetGroups,
      RuleSteps rules,
      ServiceSteps service,
      RestoreSteps restore) {
    this.draft = draft;
    this.targetGroups = targetGroups;
    this.rules = rules;
    this.service = service;
    this.restore = restore;
    this.parking = new Parking(draft, targetGroups);
    this.serviceWanted = draft.matches.service().isPresent();
  }

  /** What a deletion policy leaves behind. */
  List<ObservedResource> kept() {
    return kept;
  }

  /** The steps after which requests reach wanted target groups only. */
  List<Step> parking() {
    return parking.steps();
  }

  void plan() {
    List<ObservedResource> unwanted = new ArrayList<>(draft.matches.extras());
    if (draft.matches.of(Kind.TASK_DEFINITION).isEmpty()) {
      unwanted.addAll(draft.matches.revisions());
    } else {
      unwanted.addAll(RevisionHistory.excess(draft, service.isSettled()));
      if (!restore.isActive()) {
        unwanted.addAll(RevisionHistory.leftByRestore(draft));
      }
    }
    for (ObservedResource extra : unwanted) {
      Kind kind = extra.actual().id().kind();
      if (isKept(extra)) {
        kept.add(extra);
      } else if (!isUnread(kind)) {
        Step step = draft.delete(extra);
        step.losesData = losesData(kind);
        step.reason = whatGoesWithIt(extra);
        if (extra.lifecycle() == Lifecycle.DELETING) {
          step.waitFor("AWS to finish deleting " + step.id);
        }
        String user = draft.options.users().get(step.id);
        if (user != null) {
          step.waitFor(user + " to use it no more");
        }
      }
    }
    for (Step step : draft.steps.stream().filter(s -> s.verb == Verb.DELETE).toList()) {
      // What AWS is deleting already needs nothing of us.
      if (step.observed.lifecycle() != Lifecycle.DELETING) {
        order(step);
      }
    }
    if (!draft.matches.extrasOf(Kind.LISTENER_RULE).isEmpty()) {
      // A name leads to where its requests are served until the new place serves them.
      names().forEach(this::afterSuccessors);
    }
  }

  /** The public names that are to lead to another load balancer. */
  private List<Step> names() {
    return draft.of(Verb.UPDATE, Kind.PUBLIC_NAME);
  }

  /** What nobody can bring back. An app's secret is a copy; a database's may be the only one. */
  private boolean losesData(Kind kind) {
    return switch (kind) {
      case LOG_GROUP, FILE_SYSTEM, BACKUP_VAULT -> true;
      case SECRET -> draft.isDatabase();
      case SERVICE -> draft.isDatabase() && !draft.hasStorage();
      default -> false;
    };
  }

  /** Null where it goes alone. */
  private static String whatGoesWithIt(ObservedResource extra) {
    if (extra.actual() instanceof BackupVault vault
        && vault.state() != null
        && !vault.state().points().isEmpty()) {
      return "deletes the " + vault.state().points().size() + " recovery points in it first";
    }
    return null;
  }

  private boolean isKept(ObservedResource extra) {
    boolean deleting = draft.stack.resources().isEmpty();
    Kind kind = extra.actual().id().kind();
    if (deleting && draft.options.deletion() == Deletion.RETAIN_DATA && kind == Kind.SECRET) {
      return true;
    }
    if (HOLDS_DATA.contains(kind) && !(deleting && draft.options.deletion() == Deletion.DELETE)) {
      return true;
    }
    return "true".equals(extra.tags().get(Ownership.KEEP_ON_DELETE));
  }

  /** Unknown is not absent: neither it nor what must go before it (decision 6). */
  private boolean isUnread(Kind kind) {
    Set<Kind> unknown = draft.observed.unknownKinds();
    return unknown.contains(kind)
        || FIRST.getOrDefault(kind, Set.of()).stream().anyMatch(this::isUnread);
  }

  private void order(Step step) {
    FIRST
        .getOrDefault(step.id.kind(), Set.of())
        .forEach(kind -> step.after(draft.of(Verb.DELETE, kind)));
    if (NEEDS_FREE_INTERFACES.contains(step.id.kind())
        && !draft.of(Verb.DELETE, Kind.MOUNT_TARGET).isEmpty()) {
      step.waitFor("the mount targets to be gone");
    }
    switch (step.id.kind()) {
      case SCALING_POLICY, SCALABLE_TARGET, METRIC_ALARM, BACKUP_PLAN, BACKUP_VAULT -> {}
      case BACKUP_SELECTION -> afterTheNextSelection(step);
      case LISTENER, LOAD_BALANCER, PRIVATE_DNS_NAMESPACE, CLUSTER -> {}
      case SERVICE -> afterItsSuccessor(step);
      case LISTENER_RULE -> afterRule(step);
      case TARGET_GROUP -> afterTargetGroup(step);
      case DISCOVERY_SERVICE -> afterDiscovery(step);
      default -> afterTasks(step);
    }
  }

  /**
   * No scheduled time is missed: its successor is there first, unless AWS takes only one of them.
   */
  private void afterTheNextSelection(Step step) {
    step.after(
        draft.of(Verb.CREATE, step.id.kind()).stream()
            .filter(create -> draft.matches.byId().get(create.id).state() != State.BLOCKED)
            .toList());
  }

  private void afterItsSuccessor(Step step) {
    // Nobody is woken because of what is being taken away on purpose.
    step.after(draft.of(Verb.DELETE, Kind.METRIC_ALARM));
    if (serviceWanted) {
      step.after(service.steps());
      if (!service.isSettled()) {
        step.waitFor(Running.ROLLOUT);
      }
    }
  }

  /** The tasks that may use it have stopped: those of the service, or all but its newest ones. */
  private void afterTasks(Step step) {
    if (isOfNoTask(step)) {
      waitForService(step);
      return;
    }
    step.after(service.steps());
    step.after(draft.of(Verb.CREATE, step.id.kind()));
    step.after(draft.of(Verb.UPDATE, Kind.LOAD_BALANCER));
    waitForService(step);
    if (serviceWanted && !service.isSettled()) {
      step.waitFor(Running.ROLLOUT);
    }
  }

  /** A revision that nothing may need, however long the service has to wait (for a host, say). */
  private boolean isOfNoTask(Step step) {
    return step.id.kind() == Kind.TASK_DEFINITION
        && serviceWanted
        && (!draft.running.exists() || RevisionHistory.isRepeated(draft, step.observed));
  }

  private void waitForService(Step step) {
    if (!draft.matches.extrasOf(Kind.SERVICE).isEmpty()) {
      step.waitFor(SERVICE_GONE);
    }
    if (draft.matches.extras().stream().anyMatch(RestoreSteps::isAtWork)) {
      step.waitFor(RestoreSteps.MOVED);
    }
  }

  /**
   * Its requests find the successor's targets, or nobody wants them any more; and the tasks have
   * left the group that only it names.
   */
  private void afterRule(Step step) {
    if (!serviceWanted) {
      waitForService(step);
      return;
    }
    ListenerRule rule = (ListenerRule) step.observed.actual();
    if (targetGroups.isShifted(rule)) {
      // Its successor forwards to the same groups, and from the update on that is the one that ECS
      // weighs: this one would go on sending requests to where tasks are about to stop.
      step.after(rules.attaching);
      step.after(service.first == null ? List.of() : List.of(service.first));
      return;
    }
    Step park = parking.park(step.observed);
    if (park != null) {
      afterParking(step, park, rule);
    } else if (!rule.isParked()) {
      afterSuccessors(step);
      step.after(names());
    }
    if (parking.isInUse(rule)) {
      step.after(service.steps());
      step.waitFor(Running.ROLLOUT);
    }
  }

  private void afterParking(Step step, Step park, ListenerRule rule) {
    if (!parking.isLeftBehind(rule)) {
      afterSuccessors(park);
      park.after(names());
    } else if (service.first != null) {
      service.first.after(List.of(park));
    }
    step.after(List.of(park));
  }

  /** Nobody is sent away before the successors' targets serve. */
  private void afterSuccessors(Step step) {
    step.after(rules.attaching);
    if (service.first != null) {
      step.after(List.of(service.first));
    }
    boolean ready =
        draft.matches.of(Kind.LISTENER_RULE).stream()
            .flatMap(match -> ((ListenerRule) match.wanted()).forwards().stream())
            .allMatch(forward -> targetGroups.isReady(forward.targetGroupArn()));
    if (!service.isFirstDone() || !ready) {
      step.waitFor(Running.ROLLOUT);
    }
    service.later.forEach(later -> later.after(List.of(step)));
  }

  private void afterTargetGroup(Step step) {
    step.after(draft.writes(Kind.LISTENER_RULE));
    step.after(service.steps());
    waitForService(step);
    if (serviceWanted && (targetGroups.isInUse(Matcher.arn(step.observed)) || service.givenUp)) {
      step.waitFor(Running.ROLLOUT);
    }
  }

  private void afterDiscovery(Step step) {
    boolean blocksItsSuccessor =
        draft.matches.of(Kind.DISCOVERY_SERVICE).stream()
            .anyMatch(
                match ->
                    match.state() == State.BLOCKED && match.predecessors().contains(step.observed));
    if (!blocksItsSuccessor) {
      afterTasks(step);
      return;
    }
    if (service.first != null) {
      step.after(List.of(service.first));
    }
    if (!service.isFirstDone()) {
      step.waitFor(Running.ROLLOUT);
    }
  }
}
