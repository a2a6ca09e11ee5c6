package dev.fargate.operator.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Chooses the plans of a workload and carries them out on all cores. */
final class Campaign {
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
   * @param possible how many plans there are that differ
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
  List<Plan> all(Workload workload) {
    return Plans.all(workload.name(), recorded(workload).sites());
  }

  /** Those of a workload that differ from each other. */
  List<Plan> distinct(Workload workload) {
    return Plans.distinct(workload.name(), recorded(workload).sites());
  }

  /** What a workload does undisturbed. */
  String transcript(Workload workload) {
    return recorded(workload).transcript();
  }

  /** Tries some plans of a workload. */
  Result run(Workload workload, List<Plan> chosen) {
    Run.Recorded recorded = recorded(workload);
    List<Future<String>> running = new ArrayList<>();
    for (Plan plan : chosen) {
      running.add(threads.submit(() -> Run.with(plan, workload, recorded)));
    }
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      String problem = get(running.get(i));
      if (problem != null) {
        failures.add(replayLine(chosen.get(i)) + "\n" + problem);
      }
    }
    return new Result(
        workload.name(),
        recorded.sites().size(),
        distinct(workload).size(),
        chosen.size(),
        failures);
  }

  private static String replayLine(Plan plan) {
    return "mvn -pl operator test -Dtest=FaultCampaignTest -Dcampaign.replay='" + plan + "'";
  }

  /**
   * Whether a call takes effect after its successor's, or is made again, where AWS has nothing to
   * know it by: then there is one thing more for a while, and only the end can be as undisturbed.
   */
  static boolean makesOneMore(Plan plan) {
    return switch (plan.fault()) {
      case FROZEN_BEFORE ->
          plan.call().equals(Site.ALWAYS) || plan.call().equals("ecs:RegisterTaskDefinition");
      // It does not see the task that it has started, for which it registers a revision.
      case STALE_READ -> plan.workload().equals("restore") && plan.call().equals("ecs:ListTasks");
      default -> false;
    };
  }

  private Run.Recorded recorded(Workload workload) {
    return on(() -> Run.undisturbed(workload));
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
}
