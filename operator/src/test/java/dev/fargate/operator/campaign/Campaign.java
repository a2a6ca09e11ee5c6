package dev.fargate.operator.campaign;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Chooses the plans of a workload and carries them out on all cores. */
final class Campaign implements AutoCloseable {
  private static final List<FaultKind> WRITES =
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

  /** The call takes effect, and nobody hears the answer. */
  static final Set<FaultKind> UNHEARD =
      EnumSet.of(FaultKind.KILLED_AFTER_EFFECT, FaultKind.TIMEOUT_AFTER_EFFECT);

  private static final List<FaultKind> PEOPLE =
      List.of(
          FaultKind.PERSON_SCALES, FaultKind.PERSON_DELETES_RULE, FaultKind.PERSON_DELETES_LOGS);

  private static final List<FaultKind> READS =
      List.of(
          FaultKind.KILLED_BEFORE,
          FaultKind.FROZEN_AFTER_EFFECT,
          FaultKind.THROTTLED,
          FaultKind.SERVER_ERROR,
          FaultKind.CONNECTION_RESET,
          FaultKind.ACCESS_DENIED,
          FaultKind.STALE_READ);

  private static final List<FaultKind> PAGES =
      List.of(FaultKind.PARTIAL_PAGE, FaultKind.REPEATED_PAGE);

  private static final List<FaultKind> EVENTS =
      List.of(FaultKind.HELD, FaultKind.SWAPPED, FaultKind.CUT, FaultKind.EXPIRED);

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          task -> {
            Thread thread = new Thread(task, "campaign");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * What came of a workload.
   *
   * @param possible how many plans there are
   * @param failures one text each, with the line that replays it
   */
  record Result(String workload, int sites, int possible, int tried, List<String> failures) {
    @Override
    public String toString() {
      return "%-24s %4d calls and events, %5d plans, %4d tried, %d failed"
          .formatted(workload, sites, possible, tried, failures.size());
    }
  }

  /** Every plan there is of a workload. */
  List<Plan> plans(Workload workload) {
    return plans(workload.name(), on(() -> Run.undisturbed(workload)).sites());
  }

  /** Tries some plans of a workload. */
  Result run(Workload workload, List<Plan> chosen) {
    Run.Recorded recorded = on(() -> Run.undisturbed(workload));
    return run(workload, recorded, plans(workload), chosen);
  }

  /** Tries one plan. */
  Result replay(Workload workload, Plan plan) {
    Run.Recorded recorded = on(() -> Run.undisturbed(workload));
    return run(workload, recorded, List.of(plan), List.of(plan));
  }

  private Result run(Workload workload, Run.Recorded recorded, List<Plan> all, List<Plan> chosen) {
    List<Future<String>> running = new ArrayList<>();
    for (Plan plan : chosen) {
      running.add(threads.submit(() -> Run.with(plan, workload, recorded.end())));
    }
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      String problem = get(running.get(i));
      if (problem != null) {
        failures.add(replayLine(chosen.get(i)) + "\n" + problem);
      }
    }
    return new Result(
        workload.name(), recorded.sites().size(), all.size(), chosen.size(), failures);
  }

  private static String replayLine(Plan plan) {
    return "mvn -pl operator test -Dtest=FaultCampaignTest -Dcampaign.replay='" + plan + "'";
  }

  /** Every fault that may happen at every call and event. */
  static List<Plan> plans(String workload, List<String> sites) {
    List<Plan> plans = new ArrayList<>();
    for (String site : sites) {
      for (FaultKind fault : faults(site)) {
        // Who deletes what is to be adopted leaves nothing to adopt.
        if (!(workload.equals("adopt") && fault == FaultKind.PERSON_DELETES_LOGS)) {
          plans.add(new Plan(workload, site, fault));
        }
      }
    }
    return plans;
  }

  private static List<FaultKind> faults(String site) {
    if (site.startsWith("watch:")) {
      return EVENTS;
    }
    if (site.startsWith("always")) {
      return List.of(FaultKind.SYNC_LOOP);
    }
    List<FaultKind> faults = new ArrayList<>();
    String call = site.substring(0, site.indexOf('#'));
    if (!site.startsWith("kube:")) {
      faults.addAll(PEOPLE);
    }
    if (isWrite(site)) {
      faults.addAll(WRITES);
      if (site.startsWith("kube:patch")) {
        faults.add(FaultKind.CONFLICT);
      } else if (call.contains(":Create")) {
        faults.add(FaultKind.NOT_FOUND_AFTER_CREATE);
      }
    } else {
      faults.addAll(READS);
      if (site.startsWith("kube:")) {
        faults.remove(FaultKind.STALE_READ);
      } else if (Answers.hasPages(call)) {
        faults.addAll(PAGES);
      }
    }
    return faults;
  }

  private static boolean isWrite(String site) {
    return site.startsWith("kube:")
        ? !site.startsWith("kube:get")
        : !site.matches("[a-z0-9-]+:(Describe|List|Get).*");
  }

  /**
   * What fails today, as docs/campaigns.md says; tried only with all plans, and by its replay line.
   */
  static boolean isKnownToFail(Plan plan) {
    return plan.toString().equals("restore/ecs:RegisterTaskDefinition#1/frozen-before");
  }

  /** A write to AWS that takes effect while nobody hears the answer. */
  static boolean isUnheardWrite(Plan plan) {
    return !plan.site().matches("(kube|watch):.*|always.*")
        && isWrite(plan.site())
        && UNHEARD.contains(plan.fault());
  }

  private <T> T on(Callable<T> task) {
    return get(threads.submit(task));
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
