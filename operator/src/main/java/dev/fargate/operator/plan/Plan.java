package dev.fargate.operator.plan;

import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.ResourceId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
 * @param ignored what differs and stays as it is, because the spec leaves it to others
 */
public record Plan(
    Owner owner,
    List<Action> actions,
    List<Conflict> conflicts,
    Resolution known,
    List<ObservedResource> kept,
    Set<Kind> unread,
    boolean givenUp,
    List<Ignored> ignored) {
  /** 64 bits: a person types or copies it into {@code approvedPlan}. */
  private static final int HASH_DIGITS = 16;

  public Plan {
    actions = List.copyOf(actions);
    conflicts = List.copyOf(conflicts);
    kept = List.copyOf(kept);
    unread = Set.copyOf(unread);
    ignored = List.copyOf(ignored);
  }

  /** A plan that gives nothing up and ignores nothing. */
  public Plan(
      Owner owner,
      List<Action> actions,
      List<Conflict> conflicts,
      Resolution known,
      List<ObservedResource> kept,
      Set<Kind> unread) {
    this(owner, actions, conflicts, known, kept, unread, false, List.of());
  }

  public boolean isEmpty() {
    return actions.isEmpty();
  }

  /** Whether all of AWS has been read, is as wanted, and nothing of others is in the way. */
  public boolean isSettled() {
    return isEmpty() && conflicts.isEmpty() && unread.isEmpty();
  }

  /**
   * Whether it would deploy what may have been rolled back, so that ECS's history must be asked
   * first.
   */
  public boolean mayRetry() {
    return actions.stream().anyMatch(GivenUp::mayBeRetry);
  }

  /** Whether it takes something over that somebody else has made. */
  public boolean adopts() {
    return actions.stream().anyMatch(action -> action.verb() == Action.Verb.ADOPT);
  }

  /** Whether it creates anything that replaces nothing: somebody may have made that already. */
  public boolean createsAnew() {
    return actions.stream().anyMatch(Plan::isNew);
  }

  /** Whether an action creates what replaces nothing. */
  public static boolean isNew(Action action) {
    return action.verb() == Action.Verb.CREATE && action.observed() == null;
  }

  /** This plan with the actions of these kinds only. */
  public Plan only(Set<Kind> kinds) {
    List<Action> some =
        actions.stream().filter(action -> kinds.contains(action.id().kind())).toList();
    return new Plan(owner, some, conflicts, known, kept, unread, givenUp, ignored);
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
    return actions.stream().allMatch(action -> action.isPartOf(approvedActionIds));
  }

  /**
   * This plan, made anew after a close look that could not read some kinds: what the earlier plan
   * put after an action of such a kind, and this one has lost, waits.
   */
  public Plan heldBack(Plan earlier, Set<Kind> unreadNow) {
    SortedSet<String> here = actionIds();
    Set<String> held = new HashSet<>();
    for (Action action : earlier.actions) {
      boolean lost = unreadNow.contains(action.id().kind()) && !here.contains(action.actionId());
      if (lost || action.after().stream().anyMatch(held::contains)) {
        held.add(action.actionId());
      }
    }
    if (held.isEmpty()) {
      return this;
    }
    String kinds =
        unreadNow.stream().map(Kind::label).sorted().collect(Collectors.joining(", every "));
    List<Action> rest =
        actions.stream()
            .map(
                action ->
                    held.contains(action.actionId())
                        ? action.until("a complete look at every " + kinds)
                        : action)
            .toList();
    return new Plan(owner, rest, conflicts, known, kept, unread, givenUp, ignored);
  }

  /**
   * A property that differs and is left to others.
   *
   * @param change from what AWS has to what the spec says
   */
  public record Ignored(ResourceId id, FieldChange change) {
    /** {@code Service.count}, as {@code spec.ignore} names it. */
    public String property() {
      return id.kind().label() + "." + change.field();
    }

    @Override
    public String toString() {
      return id
          + " "
          + change.field()
          + ": "
          + (change.before() == null ? "(none)" : change.before())
          + " (spec: "
          + (change.after() == null ? "(none)" : change.after())
          + ")";
    }
  }

  /**
   * @param holder an ARN, or the custom resource that holds a claim, as kind/namespace/name
   */
  public record Conflict(String what, String holder) {
    /** Whether it is about a host and path, and not about a name in AWS. */
    public boolean isClaim() {
      return what.startsWith(Kind.LISTENER_RULE.label() + "/");
    }
  }
}
