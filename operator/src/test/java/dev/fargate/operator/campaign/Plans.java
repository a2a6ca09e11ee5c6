package dev.fargate.operator.campaign;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plans that there are of a workload: what may happen at each of its calls and events. */
final class Plans {
  static final List<FaultKind> WRITES =
      List.of(
          FaultKind.KILLED_BEFORE,
          FaultKind.KILLED_AFTER_EFFECT,
          FaultKind.KILLED_AFTER_ANSWER,
          FaultKind.KILLED_OLD_LIST,
          FaultKind.FROZEN_BEFORE,
          FaultKind.FROZEN_AFTER_EFFECT,
          FaultKind.THROTTLED,
          FaultKind.SERVER_ERROR,
          FaultKind.TIMEOUT_AFTER_EFFECT,
          FaultKind.CONNECTION_RESET,
          FaultKind.ACCESS_DENIED);

  /** A read has no answer, for a while. */
  private static final List<FaultKind> REFUSALS =
      List.of(
          FaultKind.THROTTLED,
          FaultKind.SERVER_ERROR,
          FaultKind.CONNECTION_RESET,
          FaultKind.ACCESS_DENIED);

  private static final List<FaultKind> READS =
      List.of(FaultKind.KILLED_BEFORE, FaultKind.FROZEN_AFTER_EFFECT);

  static final List<FaultKind> PAGES = List.of(FaultKind.PARTIAL_PAGE, FaultKind.REPEATED_PAGE);

  private static final List<FaultKind> EVENTS =
      List.of(FaultKind.HELD, FaultKind.SWAPPED, FaultKind.CUT, FaultKind.EXPIRED);

  /** What a person changes, and the calls that see it or work on it. */
  private static final Map<FaultKind, String> PEOPLE =
      new EnumMap<>(
          Map.of(
              FaultKind.PERSON_SCALES,
              "ecs:(DescribeServices|[CUD].*)|application-autoscaling:[RD].*",
              FaultKind.PERSON_DELETES_RULE,
              "elasticloadbalancing:(DescribeRules|[^D].*|Delete.*|Deregister.*)|ecs:[CUD].*Service",
              FaultKind.PERSON_DELETES_LOGS,
              "logs:.*|ecs:([CUR].*|DeleteService)"));

  private Plans() {}

  /** Every fault that may happen at every call and event. */
  static List<Plan> all(String workload, List<Site> sites) {
    List<Plan> plans = new ArrayList<>();
    for (Site site : sites) {
      for (FaultKind fault : faults(site)) {
        if (!senseless(workload, fault)) {
          plans.add(new Plan(workload, site.name(), fault));
        }
      }
    }
    return plans;
  }

  /**
   * Those that differ from each other, as far as the undisturbed run can tell: the first one of
   * several that meet the same state and the same question, of pages the last. At a read, one of
   * the refusals by turns.
   */
  static List<Plan> distinct(String workload, List<Site> sites) {
    Map<String, Plan> plans = new LinkedHashMap<>();
    Map<String, Integer> turns = new HashMap<>();
    for (Site site : sites) {
      for (FaultKind fault : faults(site)) {
        String situation = situation(site, fault);
        // Pages are tried where most is settled: what was just made is not absent for a while.
        if (senseless(workload, fault)
            || !makesSense(site, fault, plans.isEmpty())
            || plans.containsKey(situation) && !fault.isPages()) {
          continue;
        }
        plans.put(situation, new Plan(workload, site.name(), byTurns(site, fault, turns)));
      }
    }
    return List.copyOf(plans.values());
  }

  /** How a read is refused is told apart in one place, which is the same for all of them. */
  private static FaultKind byTurns(Site site, FaultKind fault, Map<String, Integer> turns) {
    if (site.isEvent() || site.isWrite() || !REFUSALS.contains(fault)) {
      return fault;
    }
    int first = Math.floorMod(site.call().hashCode(), REFUSALS.size());
    int turn = turns.merge(site.call(), 1, Integer::sum);
    return REFUSALS.get((first + turn) % REFUSALS.size());
  }

  /**
   * Who deletes what is to be adopted leaves nothing to adopt; and a plan is approved for what is
   * there, and no longer holds when somebody changes that. A rollout that needs another try once
   * somebody has changed something ends with the other colour.
   */
  private static boolean senseless(String workload, FaultKind fault) {
    return workload.equals("adopt") && fault == FaultKind.PERSON_DELETES_LOGS
        || workload.matches("approve-.*|blue-green") && fault.isPerson();
  }

  /** Whether the fault may have another end than none, or than one at another place. */
  private static boolean makesSense(Site site, FaultKind fault, boolean first) {
    if (fault.isPerson()) {
      return site.call().matches(PEOPLE.get(fault));
    }
    if (site.isEvent() || site.isWrite() || site.isAlways()) {
      return true;
    }
    return switch (fault) {
      // A process that has only read since its last write is as one that ended after it, unless
      // AWS has moved on meanwhile.
      case KILLED_BEFORE -> first || site.news();
      // The same answer again is no old one.
      case STALE_READ -> site.news();
      case PARTIAL_PAGE, REPEATED_PAGE -> site.items() > 0;
      default -> true;
    };
  }

  /** Two plans with the same one are taken for the same. */
  private static String situation(Site site, FaultKind fault) {
    if (fault.isPerson()) {
      return site.isWrite() ? fault + site.name() : fault + " " + site.state();
    }
    if (site.isEvent() || site.isWrite() || site.isAlways()) {
      return fault + site.name();
    }
    return switch (fault) {
      // On waking it may read on, but not write: where it was between two writes is all the same.
      case FROZEN_AFTER_EFFECT -> fault + " " + site.state();
      case PARTIAL_PAGE, REPEATED_PAGE -> fault + site.question() + site.items();
      default -> (REFUSALS.contains(fault) ? "refused " : fault) + site.call() + " " + site.state();
    };
  }

  private static List<FaultKind> faults(Site site) {
    if (site.isEvent()) {
      return EVENTS;
    }
    List<FaultKind> faults = new ArrayList<>();
    if (site.call().equals(Site.ALWAYS_KUBERNETES)) {
      return List.copyOf(EveryRequest.KINDS);
    }
    if (site.isAlways()) {
      faults.add(FaultKind.SYNC_LOOP);
      faults.addAll(EveryCall.KINDS);
      return faults;
    }
    if (!site.isKubernetes()) {
      faults.addAll(PEOPLE.keySet());
    }
    if (site.isWrite()) {
      faults.addAll(WRITES);
      if (site.call().startsWith("kube:patch")) {
        faults.add(FaultKind.CONFLICT);
      } else if (site.call().contains(":Create")) {
        faults.add(FaultKind.NOT_FOUND_AFTER_CREATE);
      }
    } else {
      faults.addAll(READS);
      faults.addAll(REFUSALS);
      if (!site.isKubernetes()) {
        faults.add(FaultKind.STALE_READ);
        if (Answers.hasPages(site.call())) {
          faults.addAll(PAGES);
        }
      }
    }
    return faults;
  }
}
