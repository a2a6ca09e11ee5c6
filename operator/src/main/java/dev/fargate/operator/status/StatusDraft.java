package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.ApprovalStatus;
import dev.fargate.api.v1alpha1.EnvironmentReference;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.api.v1alpha1.PlanStatus;
import dev.fargate.api.v1alpha1.WorkloadStatus;
import dev.fargate.operator.stack.build.Place;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.List;

/**
 * The status of an object that runs tasks, in the making: what is the same for apps and databases.
 * Pure.
 *
 * @param <S> the status of the kind
 */
public abstract class StatusDraft<S extends WorkloadStatus> {
  /** As it is now; empty before the first look. */
  protected final S before;

  /** As it will be. */
  protected final S status;

  protected final Conditions conditions;

  /**
   * Starts from nothing but the object; what is not set is absent afterwards.
   *
   * @param before not null
   * @param status an empty one
   */
  protected StatusDraft(ObjectMeta object, S before, S status, Instant now) {
    this.before = before;
    this.status = status;
    this.conditions = new Conditions(before.conditions, object.getGeneration(), now);
    status.observedGeneration = object.getGeneration();
    status.observedReconcile = before.observedReconcile;
  }

  public Conditions conditions() {
    return conditions;
  }

  /** Nothing could be looked at: keep what was last seen. */
  public final StatusDraft<S> keepLastSeen() {
    status.running = before.running;
    status.desired = before.desired;
    status.serving = before.serving;
    status.recentFailures = before.recentFailures;
    status.alarms = before.alarms;
    status.resources = before.resources;
    status.syncedDigest = before.syncedDigest;
    status.environment = before.environment;
    keepOwn();
    return this;
  }

  /** What the object has in AWS now. */
  public final StatusDraft<S> resources(List<OwnedResource> resources) {
    status.resources = resources;
    return this;
  }

  /**
   * @param plan null: not shown
   * @param approval null: nothing is approved
   */
  public final void plan(PlanStatus plan, ApprovalStatus approval) {
    status.plan = plan;
    status.approval = approval;
  }

  /**
   * @param request the look asked for that has been had last; null when none was
   */
  public final void answered(String request) {
    status.observedReconcile = request;
  }

  /** Fills in what the pass saw in AWS, and the conditions that follow from it. */
  public final StatusDraft<S> saw(Look look, Place place, String environmentUid) {
    status.environment = new EnvironmentReference();
    status.environment.name = place.environment();
    status.environment.uid = environmentUid;
    status.resources = OwnedResources.of(look.observed());
    status.recentFailures = Failures.of(look, before.recentFailures);
    status.syncedDigest = look.isSynced() ? look.digest() : before.syncedDigest;
    status.alarms = AlarmStates.of(look);
    AlarmStates.condition(conditions, status.alarms, look);
    sawOwn(look, place);
    return this;
  }

  /**
   * The finished status.
   *
   * @param now becomes lastObservedTime, unless the content is that of before
   */
  public final S build(Instant now) {
    status.conditions = conditions.build();
    StatusSize.fit(status);
    status.lastObservedTime = before.lastObservedTime;
    if (!SameStatus.same(status, before)) {
      status.lastObservedTime = SameStatus.time(now);
    }
    return status;
  }

  /** What somebody changed in AWS, field by field; null when nobody did. */
  public final String drift(Look look) {
    return Drift.of(look.plan(), before, look.digest()).orElse(null);
  }

  /** Whether it was ready with this revision and enough of it still serves. */
  public abstract boolean staysReady(Look look);

  /** What only this kind keeps when nothing could be looked at. */
  protected abstract void keepOwn();

  /** What only this kind shows of a look. */
  protected abstract void sawOwn(Look look, Place place);
}
