package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.aws.reading.Batches;
import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.plan.Rollout.TaskFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * Why tasks stopped. ECS forgets a stopped task after an hour (AWS-FACTS 0.10), so the newest
 * failures of each service are kept here, as long as this process lives.
 */
public final class TaskFailures {
  /** As many as a status shows. */
  private static final int KEPT = 10;

  /** AWS's limit of DescribeTasks (AWS-FACTS 10). */
  private static final int DESCRIBED = 100;

  /** What a scale-in and a deployment do to a healthy task (AWS-FACTS 4.6). */
  private static final String WANTED = "Scaling activity initiated by";

  /** What a process ended by TERM or KILL returns: 128 and the signal's number. */
  private static final Set<Integer> ENDED_BY_ECS = Set.of(143, 137);

  private final EcsClient ecs;
  private final Supplier<Scope> scope;
  private final Map<String, List<TaskFailure>> byService = new ConcurrentHashMap<>();

  public TaskFailures(EcsClient ecs, Supplier<Scope> scope) {
    this.ecs = ecs;
    this.scope = scope;
  }

  /** The failures known of a service, newest first; no call. */
  public List<TaskFailure> of(String serviceName) {
    return byService.getOrDefault(serviceName, List.of());
  }

  /** Looks at the service's stopped tasks now. @return whether there is news */
  public boolean read(String serviceName) {
    String cluster = scope.get().clusterName();
    try {
      List<String> arns =
          ecs
              .listTasksPaginator(
                  request ->
                      request
                          .cluster(cluster)
                          .serviceName(serviceName)
                          .desiredStatus(DesiredStatus.STOPPED))
              .taskArns()
              .stream()
              .toList();
      Set<String> unknown = new TreeSet<>(arns);
      of(serviceName).forEach(failure -> unknown.remove(failure.taskArn()));
      List<TaskFailure> failures = new ArrayList<>(of(serviceName));
      for (List<String> batch : Batches.of(unknown, DESCRIBED)) {
        ecs.describeTasks(request -> request.cluster(cluster).tasks(batch)).tasks().stream()
            .filter(TaskFailures::isFailure)
            .map(TaskFailures::failure)
            .forEach(failures::add);
      }
      failures.sort(
          Comparator.comparing(
              TaskFailure::stoppedAt, Comparator.nullsLast(Comparator.<Instant>reverseOrder())));
      List<TaskFailure> newest = List.copyOf(failures.subList(0, Math.min(KEPT, failures.size())));
      return !newest.equals(byService.put(serviceName, newest));
    } catch (ServiceNotFoundException | ClusterNotFoundException gone) {
      return byService.remove(serviceName) != null;
    }
  }

  /** Forgets the services that are no more. */
  public void retain(Set<String> serviceNames) {
    byService.keySet().retainAll(serviceNames);
  }

  private static boolean isFailure(Task task) {
    return "STOPPED".equals(task.lastStatus())
        && task.stopCode() != TaskStopCode.USER_INITIATED
        && (task.stoppedReason() == null || !task.stoppedReason().startsWith(WANTED));
  }

  private static TaskFailure failure(Task task) {
    Container container =
        task.containers().stream()
            .max(Comparator.comparingInt(TaskFailures::tells))
            .orElse(Container.builder().build());
    return new TaskFailure(
        task.taskArn(),
        task.taskDefinitionArn(),
        task.stopCodeAsString(),
        task.stoppedReason(),
        container.name(),
        container.exitCode(),
        container.reason(),
        task.stoppedAt(),
        ImageDigests.of(task));
  }

  /**
   * How much a container explains: one with a reason most, then one with a code of its own. When
   * one has ended, ECS ends the others, which gives them the codes of TERM and KILL.
   */
  private static int tells(Container container) {
    if (container.reason() != null) {
      return 4;
    } else if (container.exitCode() == null) {
      return 0;
    } else if (ENDED_BY_ECS.contains(container.exitCode())) {
      return 1;
    }
    return container.exitCode() == 0 ? 2 : 3;
  }
}
