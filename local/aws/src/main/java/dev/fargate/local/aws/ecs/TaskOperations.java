package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** List, describe and stop tasks; stopped ones stay visible for an hour. */
final class TaskOperations {
  private static final int MAX_DESCRIBE = 100;
  private static final int MAX_REASON = 1024;

  private final EcsState state;
  private final TaskLifecycle lifecycle;

  TaskOperations(EcsState state, TaskLifecycle lifecycle) {
    this.state = state;
    this.lifecycle = lifecycle;
  }

  Struct list(Struct in, Caller caller) {
    Cluster cluster = state.cluster(in.string("cluster"), caller);
    if (in.has("containerInstance")) {
      throw EcsError.invalid("Fargate tasks have no container instance.");
    }
    if (in.has("startedBy") && (in.has("family") || in.has("serviceName"))) {
      // AWS documents that nothing filters beside it; what it says then is UNVERIFIED.
      throw EcsError.invalid("startedBy cannot be combined with family or serviceName.");
    }
    boolean wanted = !in.string("desiredStatus").orElse("RUNNING").equals("STOPPED");
    if (in.has("serviceName")) {
      state.service(cluster, in.required("serviceName"), caller);
    }
    List<String> arns =
        cluster.tasks.values().stream()
            .filter(task -> task.wanted == wanted)
            .filter(task -> matches(task, in, caller))
            .map(task -> task.arn)
            .sorted()
            .toList();
    return Pages.of(Pages.OTHERS, in, "taskArns", arns);
  }

  private static boolean matches(Task task, Struct in, Caller caller) {
    boolean service =
        in.string("serviceName")
            .map(name -> Arns.of(caller).service(task.cluster.name, name))
            .map(arn -> !task.standalone() && task.service.arn.equals(arn))
            .orElse(true);
    return service
        && in.string("family").map(task.definition().family::equals).orElse(true)
        && in.string("startedBy").map(by -> by.equals(task.origin.startedBy())).orElse(true)
        && in.string("launchType").map("FARGATE"::equals).orElse(true);
  }

  Struct describe(Struct in, Caller caller) {
    Cluster cluster = state.cluster(in.string("cluster"), caller);
    List<String> names = in.strings("tasks");
    if (names.isEmpty() || names.size() > MAX_DESCRIBE) {
      throw EcsError.invalid("Between 1 and 100 tasks can be described in one call.");
    }
    List<Struct> found = new ArrayList<>();
    List<Struct> failures = new ArrayList<>();
    for (String name : names) {
      String arn = Arns.of(caller).task(cluster.name, name);
      Task task = cluster.tasks.get(arn);
      if (task == null) {
        failures.add(Struct.of().with("arn", arn).with("reason", "MISSING"));
      } else {
        found.add(TaskDescriber.describe(task, in.strings("include").contains("TAGS")));
      }
    }
    return Struct.of().with("tasks", found).with("failures", failures);
  }

  /**
   * What AWS does when it needs the capacity back: the task stops as any other, its containers have
   * their stop timeout, and the service starts another.
   *
   * @throws IllegalArgumentException when there is no such task, or it is not on Spot
   */
  void interrupt(String taskArn) {
    Task task =
        state.clusters.values().stream()
            .map(cluster -> cluster.tasks.get(taskArn))
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no task " + taskArn));
    if (!"FARGATE_SPOT".equals(task.capacityProvider)) {
      throw new IllegalArgumentException("not a task of FARGATE_SPOT: " + taskArn);
    }
    lifecycle.stop(task, "SpotInterruption", "Your Spot Task was interrupted.");
  }

  Struct stop(Struct in, Caller caller) {
    Cluster cluster = state.cluster(in.string("cluster"), caller);
    Task task = cluster.tasks.get(Arns.of(caller).task(cluster.name, in.required("task")));
    if (task == null) {
      throw EcsError.invalid("The referenced task was not found.");
    }
    String reason = in.string("reason").orElse("Task stopped by user");
    if (reason.length() > MAX_REASON) {
      throw EcsError.invalid("reason must have at most 1024 characters.");
    }
    lifecycle.stop(task, "UserInitiated", reason);
    return Struct.of().with("task", TaskDescriber.describe(task, true));
  }
}
