package dev.fargate.local.aws.ecs;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts standalone tasks: they belong to no service, and nobody replaces one that has ended. */
final class RunTask {
  private static final int MAX_COUNT = 10;

  /** Of RunTask; that of CreateService is shorter. */
  private static final int MAX_CLIENT_TOKEN = 64;

  private static final int MAX_STARTED_BY = 128;

  /** The longest that a client token is remembered, however long its tasks run. */
  private static final Duration TOKEN_LIFE = Duration.ofHours(24);

  private final EcsState state;
  private final ServiceRules rules;
  private final TaskPlacement placement;
  private final TaskLifecycle lifecycle;
  private final Scheduler scheduler;
  private String failure;

  RunTask(
      EcsState state,
      ServiceRules rules,
      TaskPlacement placement,
      TaskLifecycle lifecycle,
      Scheduler scheduler) {
    this.state = state;
    this.rules = rules;
    this.placement = placement;
    this.lifecycle = lifecycle;
    this.scheduler = scheduler;
  }

  /** One request that launched tasks, kept by its client token within its cluster. */
  record Launched(Struct request, Instant at, List<Task> tasks) {}

  /** No task is launched from now on, for this reason; null: launched again. */
  void fail(String reason) {
    failure = reason;
  }

  Struct run(Struct in, Caller caller) {
    Cluster cluster = state.cluster(in.string("cluster"), caller);
    checkRequest(in);
    Optional<Launched> before = remembered(cluster, in);
    if (before.isPresent()) {
      return repeated(before.get(), in);
    }
    TaskDefinition definition = rules.taskDefinition(in.required("taskDefinition"), caller);
    Capacity capacity = Capacity.of(in, cluster);
    Revision revision =
        new Revision(
            definition,
            rules.network(
                in.struct("networkConfiguration").orElseThrow(ServiceRules::networkRequired)),
            List.of(),
            List.of(),
            rules.platformVersion(in.string("platformVersion").orElse("LATEST")),
            capacity.launchType(),
            capacity.strategy());
    TaskOverrides overrides =
        TaskOverrides.checked(in.struct("overrides").orElse(Struct.of()), definition);
    placement
        .missingRole(definition, overrides)
        .ifPresent(
            role -> {
              throw EcsError.client(EcsError.cannotAssume(role));
            });
    Map<String, String> tags = tags(in, cluster, definition);
    if (failure != null) {
      return answer(List.of()).with("failures", List.of(Struct.of().with("reason", failure)));
    }
    Task.Origin origin =
        new Task.Origin(
            in.string("group").orElse("family:" + definition.family),
            in.string("startedBy").orElse(null),
            in.bool("enableExecuteCommand").orElse(false),
            overrides);
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < count(in); i++) {
      Task task = placement.create(Arns.of(caller), cluster, revision, origin, tags, tasks);
      lifecycle.begin(task);
      tasks.add(task);
    }
    in.string("clientToken")
        .ifPresent(token -> cluster.launched.put(token, new Launched(in, scheduler.now(), tasks)));
    return answer(tasks);
  }

  private static int count(Struct in) {
    return in.integer("count").orElse(1);
  }

  /** The words of these refusals are UNVERIFIED; that AWS refuses is documented. */
  private void checkRequest(Struct in) {
    if (count(in) < 1 || count(in) > MAX_COUNT) {
      throw EcsError.invalid("count must be between 1 and 10, was " + count(in) + ".");
    }
    in.string("clientToken")
        .filter(token -> token.length() > MAX_CLIENT_TOKEN || !token.matches("[!-~]*"))
        .ifPresent(
            token -> {
              throw EcsError.invalid("clientToken must be up to 64 ASCII characters 33-126.");
            });
    in.string("startedBy")
        .filter(by -> by.length() > MAX_STARTED_BY || !by.matches("[A-Za-z0-9/_-]*"))
        .ifPresent(
            by -> {
              throw EcsError.invalid(
                  "startedBy must be up to 128 letters, digits, hyphens, slashes and underscores.");
            });
    in.string("group")
        .filter(group -> group.contains(":"))
        .ifPresent(
            group -> {
              throw EcsError.invalid("Invalid namespace for group name.");
            });
    if (in.string("propagateTags").orElse("").equals("SERVICE")) {
      throw EcsError.invalid("propagateTags SERVICE is for services only; use TASK_DEFINITION.");
    }
    for (String field : List.of("placementConstraints", "placementStrategy")) {
      if (!in.structs(field).isEmpty()) {
        throw EcsError.invalid(field + " are not supported with launch type FARGATE.");
      }
    }
    if (!in.structs("volumeConfigurations").isEmpty() || in.has("referenceId")) {
      throw EcsError.unsupported("volumeConfigurations and referenceId", "leave them out.");
    }
  }

  /**
   * A token lives as long as its tasks and the hour in which they can still be described, at most a
   * day.
   */
  private Optional<Launched> remembered(Cluster cluster, Struct in) {
    Instant oldest = scheduler.now().minus(TOKEN_LIFE);
    cluster
        .launched
        .values()
        .removeIf(
            each ->
                !each.at().isAfter(oldest)
                    || each.tasks().stream()
                        .noneMatch(task -> cluster.tasks.containsKey(task.arn)));
    return in.string("clientToken").map(cluster.launched::get);
  }

  private static Struct repeated(Launched before, Struct in) {
    if (!before.request().equals(in)) {
      String message =
          "The provided clientToken is already in use with a different RunTask request.";
      throw new AwsException(
          "ConflictException",
          message,
          400,
          Struct.of().with("resourceIds", before.tasks().stream().map(task -> task.arn).toList()));
    }
    return answer(before.tasks());
  }

  private static Map<String, String> tags(Struct in, Cluster cluster, TaskDefinition definition) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (in.string("propagateTags").orElse("NONE").equals("TASK_DEFINITION")) {
      tags.putAll(definition.tags);
    }
    tags.putAll(Tags.read(in));
    if (in.bool("enableECSManagedTags").orElse(false)) {
      tags.put("aws:ecs:clusterName", cluster.name);
    }
    return tags;
  }

  private static Struct answer(List<Task> tasks) {
    return Struct.of()
        .with("tasks", tasks.stream().map(task -> TaskDescriber.describe(task, true)).toList())
        .with("failures", List.of());
  }
}
