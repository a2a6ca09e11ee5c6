package dev.fargate.operator.plan;

import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One step of a plan.
 *
 * @param desired what to create or change to, its references as in the stack: {@code
 *     Plan.known().resolve(desired)}, with the outputs of actions done since, makes it ready to
 *     send; null for DELETE
 * @param observed what is there; for a CREATE null, or the predecessor that it replaces
 * @param changes empty for DELETE and for a CREATE without predecessor; an UPDATE sends nothing
 *     else
 * @param tags all tags the resource must carry, the user's and ours, but for the content hash of a
 *     task definition, which apply adds; tags not in here are not ours to touch; empty for DELETE
 *     and for a kind AWS cannot tag
 * @param after ids of actions that must be done before
 * @param waitingFor null when it can run now; else what AWS must finish first, in plain words: such
 *     an action never runs in this pass
 * @param reason why, in plain words; null where the changes say it
 * @param digest tells this step from another one with the same verb and resource: what it leads to,
 *     with references by resource id, so that it stays the same from pass to pass
 */
public record Action(
    Verb verb,
    ResourceId id,
    Resource desired,
    ObservedResource observed,
    List<FieldChange> changes,
    SortedMap<String, String> tags,
    Set<String> after,
    String waitingFor,
    boolean startsDeployment,
    boolean losesData,
    String reason,
    String digest) {
  public Action {
    changes = List.copyOf(changes);
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    after = Set.copyOf(after);
  }

  /** {@code CREATE TargetGroup/http fo-default-web-1a2b3c #9f86d081}; the unit of approval. */
  public String actionId() {
    return actionId(verb);
  }

  private String actionId(Verb verb) {
    Resource named = desired != null ? desired : observed.actual();
    if (verb == Verb.DELETE && named instanceof ListenerRule) {
      // Its hosts and paths may go before it does (Parking); the digest is its ARN's.
      return verb + " " + id + " #" + digest;
    }
    return verb + " " + id + " " + named.physicalName() + " #" + digest;
  }

  /**
   * Whether it is among these steps, or finishes one of them: what takes several calls to make may
   * have been left half made, and changing it then leads to the same.
   */
  public boolean isPartOf(Set<String> actionIds) {
    return actionIds.contains(actionId())
        || verb == Verb.UPDATE && actionIds.contains(actionId(Verb.CREATE));
  }

  /** The same, but not before this has happened; what it waits for already is nearer. */
  Action until(String what) {
    return new Action(
        verb,
        id,
        desired,
        observed,
        changes,
        tags,
        after,
        waitingFor == null ? what : waitingFor,
        startsDeployment,
        losesData,
        reason,
        digest);
  }

  /** Whether the field, or a part of it ({@code network.subnets} of {@code network}), changes. */
  public boolean touches(String field) {
    return changes.stream()
        .anyMatch(change -> change.field().equals(field) || change.field().startsWith(field + "."));
  }

  public enum Verb {
    CREATE,
    /** Puts our tags on what somebody else has made; nothing else of it changes. */
    ADOPT,
    UPDATE,
    DELETE
  }
}
