package dev.fargate.operator.campaign;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The plans of each workload that every run has time for. Each operation that writes to AWS takes
 * effect once while nobody hears the answer, and each that lists answers once in pages: in the
 * first workload that calls it. The other kinds of fault take turns over all workloads, so that all
 * together meet every kind.
 */
final class Choice {
  /** Those that are not tried at every operation anyway. */
  static final List<FaultKind> IN_TURN =
      Stream.of(FaultKind.values()).filter(kind -> !Campaign.UNHEARD.contains(kind)).toList();

  private final Random random;
  private final Deque<FaultKind> turns = new ArrayDeque<>();
  private final Set<String> unheard = new HashSet<>();
  private final Set<String> inPages = new HashSet<>();
  private final Set<FaultKind> met = EnumSet.noneOf(FaultKind.class);

  /**
   * @param seed the same one always chooses the same plans
   */
  Choice(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Some plans of a workload.
   *
   * @param byTurns how many of kinds in turn
   */
  List<Plan> of(List<Plan> all, int byTurns) {
    List<Plan> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    Set<Plan> chosen = new LinkedHashSet<>();
    for (Plan plan : shuffled) {
      if (Campaign.isUnheardWrite(plan) && unheard.add(plan.call())
          || plan.fault() == FaultKind.PARTIAL_PAGE && inPages.add(plan.call())) {
        chosen.add(plan);
      }
    }
    for (int i = 0; i < byTurns; i++) {
      Plan next = next(shuffled);
      if (next != null) {
        chosen.add(next);
      }
    }
    if (chosen.isEmpty()) {
      shuffled.stream().filter(Campaign::isUnheardWrite).findFirst().ifPresent(chosen::add);
    }
    chosen.forEach(plan -> met.add(plan.fault()));
    return List.copyOf(chosen);
  }

  /** The kinds that no chosen plan has. */
  Set<FaultKind> missing() {
    return EnumSet.complementOf(EnumSet.copyOf(met));
  }

  /** A plan of the first kind in turn that the workload can meet. */
  private Plan next(List<Plan> plans) {
    if (turns.isEmpty()) {
      List<FaultKind> kinds = new ArrayList<>(IN_TURN);
      Collections.shuffle(kinds, random);
      turns.addAll(kinds);
    }
    for (Iterator<FaultKind> kinds = turns.iterator(); kinds.hasNext(); ) {
      FaultKind kind = kinds.next();
      for (Plan plan : plans) {
        if (plan.fault() == kind) {
          kinds.remove();
          return plan;
        }
      }
    }
    return null;
  }
}
