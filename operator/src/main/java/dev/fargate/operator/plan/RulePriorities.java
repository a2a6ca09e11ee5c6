package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Observed.RuleSlot;
import dev.fargate.operator.stack.ListenerRule;
import dev.fargate.operator.stack.RulePrecision;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Chooses the priorities of listener rules (decision 11). The listener is a table of rows: exact
 * hosts come before wildcards before none, and within each a longer path before a shorter one, so
 * that the more precise rule always wins whoever came first. Within its row a rule keeps its place.
 *
 * <p>The hosts and paths of a wanted rule belong into one row: the builder makes a rule for each. A
 * rule whose row the user gives stands where the user says.
 */
final class RulePriorities {
  /** Rows for path lengths 128..0 need 129 * 120 = 15480. */
  private static final int HOST_CLASS_ROOM = 16_000;

  /** A load balancer takes 100 rules by default (AWS-FACTS 6.4), so a row is never full. */
  private static final int SLOTS = 120;

  private static final int LAST = 50_000;

  /** By listener ARN. */
  private final Map<String, Set<Integer>> taken = new HashMap<>();

  /**
   * @param listeners all live rules, ours and others'
   */
  RulePriorities(Collection<RuleSlot> listeners) {
    listeners.forEach(slot -> in(slot.listenerArn()).add(slot.priority()));
  }

  /** The first priority of the rule's row. */
  static int row(ListenerRule rule) {
    if (rule.priorityBase() != null) {
      return rule.priorityBase();
    }
    RulePrecision precision = RulePrecision.of(rule.hosts(), rule.paths());
    return 1
        + precision.hosts().ordinal() * HOST_CLASS_ROOM
        + (RulePrecision.LONGEST_PATH - precision.literals()) * SLOTS;
  }

  /**
   * The priority for a wanted rule, taken from now on; empty when its row is full.
   *
   * @param current what it has now, or null
   * @param behind another rule of ours for the same requests, which must go on getting them until
   *     it is deleted; or null
   */
  OptionalInt choose(String listenerArn, ListenerRule wanted, Integer current, Integer behind) {
    int row = row(wanted);
    int end = Math.min(LAST + 1, row + SLOTS);
    if (current != null && current >= row && current < end) {
      return OptionalInt.of(current);
    }
    int first = behind == null || behind < row || behind + 1 >= end ? row : behind + 1;
    Set<Integer> used = in(listenerArn);
    return IntStream.concat(IntStream.range(first, end), IntStream.range(row, first))
        .filter(used::add)
        .findFirst();
  }

  private Set<Integer> in(String listenerArn) {
    return taken.computeIfAbsent(listenerArn, arn -> new HashSet<>());
  }
}
