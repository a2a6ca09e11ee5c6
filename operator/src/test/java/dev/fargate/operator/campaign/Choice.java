package dev.fargate.operator.campaign;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The plans of each workload that every run has time for: each write to AWS while nobody hears its
 * answer, in one run, in every second workload with the end of the process; in the others each list
 * in two pages, in one run; and some more. The kinds of fault take turns over all workloads, so
 * that all together meet every kind.
 */
final class Choice {
  private static final Set<FaultKind> UNHEARD =
      EnumSet.of(FaultKind.KILLED_AFTER_EFFECT, FaultKind.TIMEOUT_AFTER_EFFECT);

  /**
   * @param always at all places of this name in one run; empty: at one
   */
  private record Turn(FaultKind kind, String always) {
    boolean isOf(Plan plan) {
      return plan.fault() == kind && (place(plan).equals(always) || isAlways());
    }

    private static String place(Plan plan) {
      return plan.isEverywhere() ? plan.call() : "";
    }

    /** There is no other place for it. */
    private boolean isAlways() {
      return kind == FaultKind.SYNC_LOOP;
    }
  }

  private static final List<Turn> TURNS =
      Stream.of(
              turns(EnumSet.allOf(FaultKind.class), ""),
              turns(EveryCall.KINDS, Site.ALWAYS),
              turns(EveryRequest.KINDS, Site.ALWAYS_KUBERNETES))
          .flatMap(turns -> turns)
          .toList();

  private static Stream<Turn> turns(Set<FaultKind> kinds, String always) {
    return kinds.stream().map(kind -> new Turn(kind, always));
  }

  /** Each of them once, and some to spare. */
  static final int IN_TURN = TURNS.size() + 2;

  private final Random random;
  private FaultKind unheard = FaultKind.KILLED_AFTER_EFFECT;
  private final Deque<Turn> turns = new ArrayDeque<>();
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
    // Both in turn: with its memory, and without.
    unheard = UNHEARD.stream().filter(kind -> kind != unheard).findFirst().orElseThrow();
    Set<Plan> chosen = new LinkedHashSet<>();
    all.stream()
        .filter(plan -> plan.call().equals(Site.ALWAYS))
        .filter(plan -> everywhere().contains(plan.fault()))
        .forEach(chosen::add);
    for (int i = 0; i < byTurns; i++) {
      Plan next = next(shuffled);
      if (next != null) {
        chosen.add(next);
      }
    }
    chosen.forEach(plan -> met.add(plan.fault()));
    return List.copyOf(chosen);
  }

  private Set<FaultKind> everywhere() {
    return unheard == FaultKind.KILLED_AFTER_EFFECT
        ? EnumSet.of(unheard)
        : EnumSet.of(unheard, FaultKind.PARTIAL_PAGE);
  }

  /** The kinds that no chosen plan has. */
  Set<FaultKind> missing() {
    return EnumSet.complementOf(EnumSet.copyOf(met));
  }

  /** A plan of the first kind in turn that the workload can meet. */
  private Plan next(List<Plan> plans) {
    if (turns.isEmpty()) {
      List<Turn> all = new ArrayList<>(TURNS);
      Collections.shuffle(all, random);
      turns.addAll(all);
    }
    for (Iterator<Turn> left = turns.iterator(); left.hasNext(); ) {
      Turn turn = left.next();
      for (Plan plan : plans) {
        if (turn.isOf(plan)) {
          left.remove();
          return plan;
        }
      }
    }
    return null;
  }
}
