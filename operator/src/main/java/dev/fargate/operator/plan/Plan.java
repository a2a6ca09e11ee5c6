package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Owner;
import java.util.List;

/**
 * The whole path from what is to what is wanted, also behind waits. Empty when AWS equals the spec.
 *
 * @param conflicts what stands in the way and belongs to others: nothing is planned against it
 */
public record Plan(Owner owner, List<Action> actions, List<Conflict> conflicts) {
  public Plan {
    actions = List.copyOf(actions);
    conflicts = List.copyOf(conflicts);
  }

  public boolean isEmpty() {
    return actions.isEmpty();
  }

  /**
   * @param holder an ARN, or the custom resource that holds a claim, as kind/namespace/name
   */
  public record Conflict(String what, String holder) {}
}
