package dev.fargate.local.kube.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.StatusError;
import java.util.List;
import java.util.Optional;

/** What one kind does beyond being stored. Every method has a default that does nothing. */
public interface KindRules {
  /** A kind that is only stored. */
  KindRules NONE = new KindRules() {};

  /**
   * Completes an object before it is validated.
   *
   * @param object the wanted state, to be changed in place
   * @param live the present state, empty for a create
   */
  default void complete(ObjectNode object, Optional<ObjectNode> live) {}

  /** What is wrong with the wanted state; empty when it may be stored. */
  default List<StatusError.Cause> validate(ObjectNode object, Optional<ObjectNode> live) {
    return List.of();
  }

  /** Called after a state was stored, in the same transaction. */
  default void stored(ObjectNode object) {}

  /**
   * Called once when deletion was asked for and the object stays for now.
   *
   * @param object the state about to be stored with its deletionTimestamp, to be changed in place
   */
  default void deleting(ObjectNode object) {}

  /** Whether an object whose finalizers are done may go, or still waits for others. */
  default boolean mayGo(ObjectNode object) {
    return true;
  }

  /** Called after the object went, in the same transaction. */
  default void removed(ObjectNode object) {}
}
