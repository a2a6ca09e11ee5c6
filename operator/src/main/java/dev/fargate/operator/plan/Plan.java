package dev.fargate.operator.plan;

import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resolution;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The whole path from what is to what is wanted, also behind waits. Empty when AWS equals the spec,
 * and nothing has been given up.
 *
 * @param actions in an order in which they can be carried out
 * @param conflicts what stands in the way and belongs to others: nothing is planned against it
 * @param known what the references of the actions resolve to before any of them is carried out
 * @param kept what a deletion policy leaves behind
 * @param unread kinds that nothing was planned for, because they have not been read completely
 * @param givenUp ECS has tried what is wanted and rolled back, so no deployment is planned until
 *     the spec changes or a restart is asked for; the plan may be empty although AWS differs
 */
public record Plan(
    Owner owner,
    List<Action> actions,
    List<Conflict> conflicts,
    Resolution known,
    List<ObservedResource> kept,
    Set<Kind> unread,
    boolean givenUp) {
  /** 64 bits: a person types or copies it into {@code approvedPlan}. */
  private static final int HASH_DIGITS = 16;

  public Plan {
    actions = List.copyOf(actions);
    conflicts = List.copyOf(conflicts);
    kept = List.copyOf(kept);
    unread = Set.copyOf(unread);
  }

  /** A plan that gives nothing up. */
  public Plan(
      Owner owner,
      List<Action> actions,
      List<Conflict> conflicts,
      Resolution known,
      List<ObservedResource> kept,
      Set<Kind> unread) {
    this(owner, actions, conflicts, known, kept, unread, false);
  }

  public boolean isEmpty() {
    return actions.isEmpty();
  }

  /**
   * Whether it would deploy once more what was deployed last, so that ECS's history must be asked
   * first: it may have been rolled back.
   */
  public boolean retries() {
    return actions.stream().anyMatch(GivenUp::isRetry);
  }

  /** The ids of all actions: what approving this plan approves (decision 2). */
  public SortedSet<String> actionIds() {
    SortedSet<String> ids = new TreeSet<>();
    actions.forEach(action -> ids.add(action.actionId()));
    return ids;
  }

  /** 16 hexadecimal digits over the action ids; waits and observations do not change it. */
  public String hash() {
    return Names.sha256(String.join("\n", actionIds())).substring(0, HASH_DIGITS);
  }

  /** Whether every action has been approved. */
  public boolean isSubsetOf(Set<String> approvedActionIds) {
    return approvedActionIds.containsAll(actionIds());
  }

  /**
   * @param holder an ARN, or the custom resource that holds a claim, as kind/namespace/name
   */
  public record Conflict(String what, String holder) {}
}
