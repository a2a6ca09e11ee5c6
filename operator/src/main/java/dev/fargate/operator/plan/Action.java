package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import java.util.List;
import java.util.Set;

/**
 * One step of a plan.
 *
 * @param desired what to create or change to, with references resolved as far as known; null for
 *     DELETE
 * @param observed what is there; null for CREATE
 * @param changes empty for CREATE and DELETE
 * @param after ids of actions that must be done before
 * @param waitingFor null when it can run now; else what AWS must finish first, in plain words
 */
public record Action(
    Verb verb,
    ResourceId id,
    Resource desired,
    ObservedResource observed,
    List<FieldChange> changes,
    Set<String> after,
    String waitingFor,
    boolean startsDeployment,
    boolean losesData,
    String reason) {
  public Action {
    changes = List.copyOf(changes);
    after = Set.copyOf(after);
  }

  /** {@code CREATE TargetGroup/http fo-default-web-1a2b3c}; the unit of approval. */
  public String actionId() {
    Resource named = desired != null ? desired : observed.actual();
    return verb + " " + id + " " + named.physicalName();
  }

  public enum Verb {
    CREATE,
    UPDATE,
    DELETE
  }
}
