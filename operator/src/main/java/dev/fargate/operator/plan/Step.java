package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.plan.diff.FieldChange.Effect;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** An action in the making: while the plan is drafted, its order and waits are still added. */
final class Step {
  /** 32 bits beside verb, resource and name. */
  private static final int DIGEST_DIGITS = 8;

  final Verb verb;
  final ResourceId id;
  final Resource desired;
  final ObservedResource observed;
  final List<FieldChange> changes;
  final SortedMap<String, String> tags;
  final Set<Step> after = new LinkedHashSet<>();

  /** What is desired, but what others may change at any time as the spec has it. */
  Resource leadsTo;

  String waitingFor;
  boolean losesData;
  String reason;

  Step(
      Verb verb,
      ResourceId id,
      Resource desired,
      ObservedResource observed,
      List<FieldChange> changes,
      SortedMap<String, String> tags) {
    this.verb = verb;
    this.id = id;
    this.desired = desired;
    this.leadsTo = desired;
    this.observed = observed;
    this.changes = changes;
    this.tags = tags;
  }

  static Step delete(ObservedResource observed) {
    ResourceId id = observed.actual().id();
    return new Step(Verb.DELETE, id, null, observed, List.of(), new TreeMap<>());
  }

  /** The first reason to wait stays: it is the nearest one. */
  void waitFor(String what) {
    if (waitingFor == null) {
      waitingFor = what;
    }
  }

  void after(Collection<Step> steps) {
    after.addAll(steps);
    after.remove(this);
  }

  /** As {@link Action#touches}. */
  boolean touches(String field) {
    return toAction(Set.of()).touches(field);
  }

  boolean startsDeployment() {
    return changes.stream().anyMatch(change -> change.effect() == Effect.DEPLOYMENT);
  }

  Action toAction() {
    Set<String> ids = new TreeSet<>();
    after.forEach(step -> ids.add(step.toAction(Set.of()).actionId()));
    return toAction(ids);
  }

  private Action toAction(Set<String> afterIds) {
    return new Action(
        verb,
        id,
        desired,
        observed,
        changes,
        tags,
        afterIds,
        waitingFor,
        startsDeployment(),
        losesData,
        reason,
        digest());
  }

  private String digest() {
    SortedMap<String, String> fixedTags = new TreeMap<>(tags);
    // Follows from the rest, and may not be known yet.
    fixedTags.remove(Ownership.ATTEMPT);
    String goal =
        switch (verb) {
          case DELETE -> identity(observed);
          case ADOPT -> identity(observed) + "\n" + fixedTags;
          case CREATE, UPDATE -> fixed(leadsTo) + "\n" + fixedTags;
        };
    return Names.sha256(goal).substring(0, DIGEST_DIGITS);
  }

  private static String identity(ObservedResource observed) {
    return observed
        .outputs()
        .getOrDefault(
            Output.ARN,
            observed.outputs().getOrDefault(Output.ID, observed.actual().physicalName()));
  }

  /** A chosen priority may be another one at the next look; the step is the same. */
  private static Resource fixed(Resource desired) {
    if (desired instanceof ListenerRule rule) {
      return new ListenerRule(
          rule.id(),
          rule.listenerArn(),
          null,
          rule.priorityBase(),
          rule.hosts(),
          rule.paths(),
          rule.sourceCidrs(),
          rule.forwards());
    }
    return desired;
  }
}
