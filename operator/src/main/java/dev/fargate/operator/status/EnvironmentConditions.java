package dev.fargate.operator.status;

import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.Plan;
import java.util.List;
import java.util.Optional;

/** The conditions of an environment: ready means that apps can run in it. */
public final class EnvironmentConditions {
  private static final String THERE = "Cluster, network and load balancers are there.";

  private EnvironmentConditions() {}

  /**
   * AWS does not even say whether what the spec refers to exists.
   *
   * @param wasReady with the same spec: a call that fails is no reason to doubt that, an outage is
   */
  public static void unread(Conditions conditions, boolean wasReady, Unread unread) {
    conditions.isUnknown(
        ConditionType.SYNCED, Reason.OBSERVATION_STALE, "AWS cannot be read: " + unread.error());
    if (unread.stale()) {
      unread.judge(conditions);
    } else if (wasReady) {
      conditions.isTrue(ConditionType.READY, Reason.AVAILABLE, THERE);
    } else {
      conditions
          .isFalse(ConditionType.READY, Reason.AWS_UNAVAILABLE, unread.error())
          .reconciling(Reason.AWS_UNAVAILABLE, unread.error());
    }
  }

  /**
   * What a pass came to.
   *
   * @param drift what others changed in AWS; null when nobody did
   * @param wasReady as last written
   * @param unread null when AWS could be read lately
   */
  public record Facts(
      Observed observed,
      Plan plan,
      List<Outcome> outcomes,
      String drift,
      boolean wasReady,
      Unread unread) {}

  /** Judges a pass that got as far as planning. */
  public static void judge(Conditions conditions, Facts facts) {
    Observed observed = facts.observed();
    Plan plan = facts.plan();
    List<Outcome> outcomes = facts.outcomes();
    conditions.isTrue(ConditionType.REFERENCES_RESOLVED, Reason.RESOLVED, null);
    boolean done = plan.isEmpty() && plan.conflicts().isEmpty();
    boolean synced = plan.isSettled();
    // What an edit asks for may be among what cannot be read.
    boolean unseen = done && !synced && !conditions.wasTrue(ConditionType.READY);
    if (facts.unread() != null) {
      conditions.isUnknown(
          ConditionType.SYNCED,
          Reason.OBSERVATION_STALE,
          "AWS cannot be read: " + facts.unread().error());
    } else if (facts.drift() != null) {
      conditions.isFalse(ConditionType.SYNCED, Reason.DRIFTED, Drift.putBack(facts.drift()));
    } else if (synced) {
      conditions.isTrue(ConditionType.SYNCED, Reason.SYNCED, null);
    } else {
      conditions.isFalse(ConditionType.SYNCED, Reason.PLAN_PENDING, Progress.describe(plan));
    }
    Optional<ObservedResource> failed =
        observed.resources().stream().filter(r -> r.lifecycle() == Lifecycle.FAILED).findFirst();
    Optional<ObservedResource> pending =
        observed.resources().stream().filter(r -> r.lifecycle() == Lifecycle.PENDING).findFirst();
    if (!plan.conflicts().isEmpty()) {
      String message = Conflicts.told(plan.conflicts());
      conditions.isTrue(ConditionType.CONFLICT, Reason.CONFLICT, message);
      WorkConditions.stalled(conditions, Reason.CONFLICT, message);
    } else if (Progress.stopping(outcomes).isPresent()) {
      Outcome.Failed stopping = Progress.stopping(outcomes).get();
      WorkConditions.stalled(
          conditions, Progress.reason(stopping.error()), Progress.describe(stopping));
    } else if (facts.unread() != null && facts.unread().stale()) {
      facts.unread().judge(conditions);
    } else if (!done || unseen || pending.isPresent() || failed.isPresent()) {
      Outcome.Failed passing = Progress.passing(outcomes).orElse(null);
      Reason reason =
          passing != null || failed.isPresent()
              ? Reason.AWS_UNAVAILABLE
              : unseen && pending.isEmpty() ? Reason.NOT_OBSERVED : Reason.CREATING;
      String message =
          passing != null
              ? Progress.describe(passing)
              : done && pending.isPresent()
                  ? "AWS is still making " + pending.get().actual().id() + "."
                  : failed
                          .map(it -> it.actual().id() + " failed in AWS and is replaced. ")
                          .orElse("")
                      + Progress.describe(plan)
                      + Progress.settling(outcomes)
                          .map(refused -> " " + Progress.describe(refused))
                          .orElse("");
      conditions.reconciling(reason, message);
      // What apps use is there, and only changes in place.
      boolean allThere =
          pending.isEmpty()
              && plan.unread().isEmpty()
              && plan.actions().stream().allMatch(action -> action.verb() == Verb.UPDATE);
      if (facts.wasReady() && allThere) {
        conditions.staysReady(THERE);
      } else {
        conditions.isFalse(ConditionType.READY, reason, message);
      }
    } else {
      conditions.isTrue(ConditionType.READY, Reason.AVAILABLE, THERE);
    }
  }
}
