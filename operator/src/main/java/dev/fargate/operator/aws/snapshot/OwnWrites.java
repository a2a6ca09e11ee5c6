package dev.fargate.operator.aws.snapshot;

import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.BackupPlan;
import dev.fargate.operator.stack.BackupVault;
import dev.fargate.operator.stack.ContentHash;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.MetricAlarm;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.ScalingPolicy;
import dev.fargate.operator.stack.TaskDefinition;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Puts into the snapshot what a pass has written, so that the next pass neither creates again what
 * no sweep has seen yet, nor changes what a sweep has seen before the change.
 */
public final class OwnWrites {
  /** Usable some time after the call. */
  private static final Set<Kind> COMES_SLOWLY =
      EnumSet.of(
          Kind.LOAD_BALANCER,
          Kind.FILE_SYSTEM,
          Kind.ACCESS_POINT,
          Kind.MOUNT_TARGET,
          Kind.PUBLIC_NAME);

  /** Gone some time after the call. */
  private static final Set<Kind> GOES_SLOWLY =
      EnumSet.of(Kind.SERVICE, Kind.FILE_SYSTEM, Kind.ACCESS_POINT, Kind.MOUNT_TARGET);

  /** What AWS answers in one of these classes it has not made. */
  private static final Set<Outcome.ErrorClass> REFUSED =
      EnumSet.of(
          Outcome.ErrorClass.DENIED, Outcome.ErrorClass.INVALID, Outcome.ErrorClass.CAPACITY);

  private final Snapshot snapshot;
  private final BiConsumer<Kind, String> forget;

  /**
   * @param forget told what changed, so that no reader answers from its cache
   */
  public OwnWrites(Snapshot snapshot, BiConsumer<Kind, String> forget) {
    this.snapshot = snapshot;
    this.forget = forget;
  }

  public void note(Plan plan, List<Outcome> outcomes) {
    Resolution known = plan.known();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Done done) {
        // As the executor saw it: with the outputs of the actions before.
        note(plan.owner(), done, known);
        known = known.with(done.action().id(), done.outputs());
      } else if (outcome instanceof Outcome.Failed failed
          && failed.action().verb() == Action.Verb.CREATE) {
        snapshot.attempted(
            plan.owner(),
            known.resolve(failed.action().desired()),
            REFUSED.contains(failed.error()));
      }
    }
  }

  private void note(Owner owner, Outcome.Done done, Resolution known) {
    Action action = done.action();
    switch (action.verb()) {
      case CREATE -> created(owner, done, known);
      case ADOPT, UPDATE -> updated(done, known);
      case DELETE -> deleted(action.observed());
    }
  }

  private void created(Owner owner, Outcome.Done done, Resolution known) {
    Action action = done.action();
    Resource resource = asMade(canonical(known.resolve(action.desired())));
    String key = Keys.of(resource, done.outputs());
    if (key == null) {
      return;
    }
    Map<String, String> tags = new TreeMap<>(action.tags());
    String hash = null;
    if (action.desired() instanceof TaskDefinition definition) {
      hash = ContentHash.of(definition, known).orElse(null);
      tags.put(Ownership.CONTENT_HASH, String.valueOf(hash));
    } else if (resource.id().kind() == Kind.SCALING_POLICY) {
      // As its reader does: AWS cannot tag it, it belongs to its target's owner.
      tags.putAll(policyTags(action, known));
    } else if (resource.id().kind() == Kind.MOUNT_TARGET
        || resource.id().kind() == Kind.BACKUP_SELECTION
        || resource.id().kind() == Kind.PUBLIC_NAME) {
      tags.putAll(Seen.ownershipTags(owner, action.id()));
    }
    // Only a read can tell that such a thing is there.
    Lifecycle lifecycle =
        COMES_SLOWLY.contains(resource.id().kind()) ? Lifecycle.PENDING : Lifecycle.ACTIVE;
    snapshot.created(new Seen(key, resource, done.outputs(), tags, lifecycle, hash, null));
    forget.accept(resource.id().kind(), key);
  }

  private Map<String, String> policyTags(Action action, Resolution known) {
    Resource policy = known.resolve(action.desired());
    String target = ((ScalingPolicy) policy).resource().toString();
    Seen parent = snapshot.find(Kind.SCALABLE_TARGET, target);
    if (parent == null) {
      return Map.of();
    }
    Map<String, String> tags = new TreeMap<>(parent.tags());
    tags.put(Ownership.RESOURCE_ID, action.id().toString());
    return tags;
  }

  private void updated(Outcome.Done done, Resolution known) {
    Action action = done.action();
    ObservedResource before = action.observed();
    Resource resource = inItsState(canonical(known.resolve(action.desired())), before.actual());
    String key = Keys.of(before.actual(), before.outputs());
    Seen seen = snapshot.find(resource.id().kind(), key);
    Map<Output, String> outputs = new TreeMap<>(before.outputs());
    outputs.putAll(done.outputs());
    snapshot.updated(
        new Seen(
            key,
            resource,
            outputs,
            tags(action),
            before.lifecycle(),
            before.contentHash(),
            seen == null ? null : seen.rollout()));
    forget.accept(resource.id().kind(), key);
  }

  /** What a write leaves as it is: of an alarm its state, of a vault what it holds, and so on. */
  private static Resource inItsState(Resource resource, Resource before) {
    if (resource instanceof MetricAlarm alarm) {
      return alarm.in(((MetricAlarm) before).state());
    } else if (resource instanceof BackupVault vault) {
      return vault.asAsked((BackupVault) before);
    } else if (resource instanceof AccessPoint accessPoint) {
      Restore written = accessPoint.restore();
      return accessPoint.with(
          written == null || written.progress() == null
              ? ((AccessPoint) before).restore()
              : new Restore(null, written.progress(), null));
    } else if (resource instanceof BackupPlan plan) {
      return new BackupPlan(plan.id(), plan.name(), plan.rules(), ((BackupPlan) before).since());
    }
    return resource;
  }

  /** A backup that somebody asks for is begun once the vault is there. */
  private static Resource asMade(Resource resource) {
    return resource instanceof BackupVault vault ? vault.asMade() : resource;
  }

  private static Map<String, String> tags(Action action) {
    Map<String, String> tags = new TreeMap<>(action.observed().tags());
    for (FieldChange change : action.changes()) {
      if (change.field().startsWith("tags.")) {
        tags.remove(change.field().substring("tags.".length()));
      }
    }
    tags.putAll(action.tags());
    return tags;
  }

  private void deleted(ObservedResource observed) {
    Kind kind = observed.actual().id().kind();
    String key = Keys.of(observed.actual(), observed.outputs());
    Seen seen =
        new Seen(
            key,
            observed.actual(),
            observed.outputs(),
            observed.tags(),
            observed.lifecycle(),
            observed.contentHash(),
            null);
    if (GOES_SLOWLY.contains(kind)) {
      // It is on its way before it is gone, and blocks its name or place until then.
      snapshot.updated(seen.with(Lifecycle.DELETING));
    } else {
      snapshot.deleted(seen);
    }
    forget.accept(kind, key);
  }

  /** As a reader would tell it. */
  private static Resource canonical(Resource resource) {
    if (resource instanceof ListenerRule rule) {
      return new ListenerRule(
          rule.id(),
          rule.listenerArn(),
          rule.priority(),
          null,
          rule.hosts(),
          rule.paths(),
          rule.sourceCidrs(),
          rule.forwards());
    }
    return resource;
  }
}
