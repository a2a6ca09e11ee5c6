package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import java.util.List;

/**
 * A wanted resource beside what is there of it.
 *
 * @param wanted as in the stack, references not resolved
 * @param resolved the same with its references resolved as far as known
 * @param present what is there; null unless the state is PRESENT, PENDING or SATISFIED
 * @param predecessors ours under the same id, but another thing to AWS: to be replaced
 * @param obstacle what keeps it from being made, in plain words; null where nothing does
 */
record Match(
    Resource wanted,
    Resource resolved,
    State state,
    ObservedResource present,
    List<ObservedResource> predecessors,
    String obstacle) {
  enum State {
    /** There and usable. */
    PRESENT,
    /** There, not usable yet. */
    PENDING,
    /** Not ours, but does what is wanted: a group rule with the same content, a mount target. */
    SATISFIED,
    /** To be created. */
    MISSING,
    /** To be created once the name is free. */
    BLOCKED,
    /** Belongs to somebody else: nothing is planned. */
    CONFLICT,
    /** Created moments ago, not listed by AWS yet: nothing is planned. */
    RECENT,
    /** Its kind has not been read completely: nothing is planned. */
    UNREAD
  }

  ResourceId id() {
    return wanted.id();
  }

  /** Somebody else's until its tags are written. */
  boolean isAdopted() {
    return state == State.PRESENT && present.ownership() == ObservedResource.Ownership.FOREIGN;
  }

  boolean exists() {
    return present != null;
  }
}
