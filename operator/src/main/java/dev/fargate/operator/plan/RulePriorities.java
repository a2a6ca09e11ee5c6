package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Observed.RuleSlot;
import dev.fargate.operator.stack.ListenerRule;
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
 * <p>A rule with several hosts or paths stands where the least precise of them belongs: it never
 * takes what another rule claims more precisely.
 */
final class RulePriorities {
  /** Rows for path lengths 128..0 need 129 * 120 = 15480. */
  private static final int HOST_CLASS_ROOM = 16_000;

  /** AWS's limit for one condition value (AWS-FACTS 6.4). */
  private static final int LONGEST_PATH = 128;

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
    int hostClass =
        rule.hosts().stream()
            .mapToInt(host -> isPattern(host) ? 1 : 0)
            .max()
            // No host at all: after every rule that names one.
            .orElse(2);
    int literal = rule.paths().stream().mapToInt(RulePriorities::literalLength).min().orElse(0);
    return 1 + hostClass * HOST_CLASS_ROOM + (LONGEST_PATH - literal) * SLOTS;
  }

  private static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  private static int literalLength(String path) {
    return Math.min(LONGEST_PATH, path.replace("*", "").replace("?", "").length());
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
