package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.ecs.Rollout.Count;
import dev.fargate.local.aws.ecs.TaskHealth.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Starts and stops a service's tasks, and says so in its events. */
final class ServiceTasks {
  private final TaskPlacement placement;
  private final TaskLifecycle lifecycle;
  private final StartBackoff backoff;

  ServiceTasks(TaskPlacement placement, TaskLifecycle lifecycle, StartBackoff backoff) {
    this.placement = placement;
    this.lifecycle = lifecycle;
    this.backoff = backoff;
  }

  /** Who hears, once each, of tasks that end without having been told to. */
  void onFailure(Consumer<Task> listener) {
    lifecycle.onFailure(
        task -> {
          if (task.startedAt == null) {
            backoff.startFailed(task.deployment);
          }
          listener.accept(task);
        });
  }

  static Count count(Map<Task, Verdict> verdicts, Predicate<Task> which) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    verdicts.forEach(
        (task, verdict) -> {
          if (which.test(task)) {
            counts.merge(verdict, 1, Integer::sum);
          }
        });
    return new Count(
        counts.getOrDefault(Verdict.HEALTHY, 0),
        counts.getOrDefault(Verdict.PENDING, 0),
        counts.getOrDefault(Verdict.UNHEALTHY, 0));
  }

  void stop(Service service, List<Task> leaving) {
    if (leaving.isEmpty()) {
      return;
    }
    service.steady = false;
    for (Task task : leaving) {
      if (task.unhealthy != null) {
        service.event(task.unhealthy.event());
        lifecycle.stop(task, "ServiceSchedulerInitiated", task.unhealthy.stoppedReason());
      } else {
        lifecycle.stop(
            task,
            "ServiceSchedulerInitiated",
            "Scaling activity initiated by (deployment " + service.primary().id + ")");
      }
    }
    service.event("has stopped " + leaving.size() + " running tasks: " + named(leaving) + ".");
  }

  /** Those of the fullest zone first, then the newest, so that zones stay balanced. */
  static List<Task> pick(
      Map<Task, Verdict> verdicts, Predicate<Task> which, Verdict verdict, int howMany) {
    if (howMany <= 0) {
      return List.of();
    }
    Map<String, Long> byZone =
        verdicts.keySet().stream()
            .collect(Collectors.groupingBy(t -> t.zone, Collectors.counting()));
    return verdicts.entrySet().stream()
        .filter(entry -> entry.getValue() == verdict && which.test(entry.getKey()))
        .map(Map.Entry::getKey)
        .sorted(
            Comparator.comparingLong((Task task) -> -byZone.get(task.zone))
                .thenComparing(task -> task.createdAt, Comparator.reverseOrder()))
        .limit(howMany)
        .toList();
  }

  void start(Service service, Deployment deployment, int wanted, int unhealthy) {
    if (wanted == 0 || backoff.pauses(service, deployment)) {
      return;
    }
    Optional<String> refusal = placement.refusal(deployment.revision.taskDefinition());
    if (refusal.isPresent()) {
      // A task that cannot be launched counts as failed [M].
      service.event(refusal.get());
      deployment.failedTasks++;
      backoff.startFailed(deployment);
      return;
    }
    service.steady = false;
    List<Task> started = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      Task task = placement.create(service, deployment);
      lifecycle.begin(task);
      started.add(task);
    }
    int replaced = Math.min(unhealthy, wanted);
    service.event(
        "has started "
            + wanted
            + " tasks: "
            + named(started)
            + "."
            + (replaced == 0
                ? ""
                : " Amazon ECS replaced " + replaced + " tasks due to an unhealthy status."));
  }

  private static String named(List<Task> tasks) {
    return tasks.stream().map(task -> "(task " + task.id + ")").collect(Collectors.joining(" "));
  }
}
