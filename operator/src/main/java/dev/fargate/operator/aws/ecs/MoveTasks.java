package dev.fargate.operator.aws.ecs;

import dev.fargate.operator.aws.reading.Scope;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.Restore.Attempt;
import dev.fargate.operator.stack.build.DatabaseRestore;
import dev.fargate.operator.stack.build.MoveScript;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** The tasks that put restored data into its place. One runs for each call; ECS replaces none. */
public final class MoveTasks {
  /** By this ECS knows whose a task is, and what for. */
  private static final String STARTED_BY = "restore-";

  /** AWS takes no longer token. */
  private static final int TOKEN_DIGITS = 40;

  private final EcsClient ecs;
  private final EcsClient once;
  private final Supplier<Scope> scope;
  private final Clock clock;

  /**
   * @param once sends a call once: each attempt to register would be a revision more
   */
  public MoveTasks(EcsClient ecs, EcsClient once, Supplier<Scope> scope, Clock clock) {
    this.ecs = ecs;
    this.once = once;
    this.scope = scope;
    this.clock = clock;
  }

  /** The tasks of a restore job, oldest first; ECS forgets one an hour after its end. */
  public List<Attempt> of(String jobId) {
    String cluster = scope.get().clusterName();
    Set<String> arns = new LinkedHashSet<>();
    try {
      for (DesiredStatus status : List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)) {
        ecs.listTasksPaginator(
                request ->
                    request.cluster(cluster).startedBy(STARTED_BY + jobId).desiredStatus(status))
            .taskArns()
            .forEach(arns::add);
      }
    } catch (ClusterNotFoundException gone) {
      return List.of();
    }
    if (arns.isEmpty()) {
      return List.of();
    }
    return ecs.describeTasks(request -> request.cluster(cluster).tasks(arns)).tasks().stream()
        .sorted(
            Comparator.comparing(
                Task::createdAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder())))
        .map(MoveTasks::attempt)
        .toList();
  }

  private static Attempt attempt(Task task) {
    Integer exitCode =
        task.containers().stream()
            .filter(container -> DatabaseRestore.CONTAINER.equals(container.name()))
            .findFirst()
            .map(Container::exitCode)
            .orElse(null);
    return new Attempt(task.taskArn(), "STOPPED".equals(task.lastStatus()), exitCode);
  }

  /**
   * Runs one more, unless there is one more already than was known of: what is planned with may be
   * older, and two tasks must never move the same directory. The task definition is registered for
   * it and goes at once: a task that was started does not need it any more. Twice within the hour
   * the same call starts one task.
   *
   * @param progress with its job
   * @param tags of the task definition
   */
  public void run(Restore.Mover mover, Restore.Progress progress, SortedMap<String, String> tags) {
    if (of(progress.jobId()).size() > progress.attempts().size()) {
      return;
    }
    String definition = definition(mover, tags);
    RunTaskResponse answer;
    try {
      answer = start(mover, progress, definition);
    } catch (ConflictException started) {
      // Its token has been used: it runs, and AWS's lists lack it yet.
      delete(definition);
      return;
    }
    delete(definition);
    if (answer.hasFailures() && !answer.failures().isEmpty()) {
      throw new NotRun(answer.failures().get(0).reason());
    }
  }

  private RunTaskResponse start(Restore.Mover mover, Restore.Progress progress, String definition) {
    return ecs.runTask(
        request ->
            request
                .cluster(mover.clusterArn().toString())
                .taskDefinition(definition)
                .launchType(LaunchType.FARGATE)
                .count(1)
                .startedBy(STARTED_BY + progress.jobId())
                .clientToken(token(progress))
                .networkConfiguration(ServiceMapper.network(mover.network()))
                .overrides(
                    overrides ->
                        overrides.containerOverrides(
                            container ->
                                container
                                    .name(DatabaseRestore.CONTAINER)
                                    .environment(environment(progress)))));
  }

  /** One that an operator has registered that was ended before it could run it is as good. */
  private String definition(Restore.Mover mover, SortedMap<String, String> tags) {
    SortedMap<String, String> marked = new TreeMap<>(tags);
    String hash = Names.sha256(mover.definition().toString());
    marked.put(Ownership.CONTENT_HASH, hash);
    return listed(mover.definition().family(), TaskDefinitionStatus.ACTIVE).stream()
        .filter(arn -> hash.equals(tagsOf(arn).get(Ownership.CONTENT_HASH)))
        .findFirst()
        .orElseGet(
            () ->
                once.registerTaskDefinition(
                        TaskDefinitionMapper.request(mover.definition(), marked))
                    .taskDefinition()
                    .taskDefinitionArn());
  }

  private Map<String, String> tagsOf(String definition) {
    return EcsTags.map(
        ecs.describeTaskDefinition(
                request -> request.taskDefinition(definition).include(TaskDefinitionField.TAGS))
            .tags());
  }

  private List<String> listed(String family, TaskDefinitionStatus status) {
    return ecs
        .listTaskDefinitionsPaginator(request -> request.familyPrefix(family).status(status))
        .taskDefinitionArns()
        .stream()
        .distinct()
        .toList();
  }

  /** ECS has taken the call and started nothing. */
  public static final class NotRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotRun(String reason) {
      super(reason);
    }
  }

  /**
   * Other than the last one's, which ECS would answer with for a day; the same for a call that is
   * repeated because its answer was lost.
   */
  private String token(Restore.Progress progress) {
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    return Names.sha256(progress.jobId() + "\n" + progress.attempts().size() + "\n" + hour)
        .substring(0, TOKEN_DIGITS);
  }

  private static List<KeyValuePair> environment(Restore.Progress progress) {
    return Map.of(
            MoveScript.FROM,
            progress.directory(),
            MoveScript.TOKEN,
            MoveScript.token(progress.jobId()),
            MoveScript.JOB,
            progress.jobId(),
            MoveScript.SINCE,
            String.valueOf(
                progress.job() == null
                    ? 0
                    : Instant.parse(progress.job().begun()).getEpochSecond()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> KeyValuePair.builder().name(each.getKey()).value(each.getValue()).build())
        .toList();
  }

  /** Deletes what an operator has registered that was ended before it could do that. */
  public void clean(String family) {
    listed(family, TaskDefinitionStatus.ACTIVE).forEach(this::delete);
    listed(family, TaskDefinitionStatus.INACTIVE)
        .forEach(arn -> ecs.deleteTaskDefinitions(request -> request.taskDefinitions(arn)));
  }

  private void delete(String definition) {
    ecs.deregisterTaskDefinition(request -> request.taskDefinition(definition));
    ecs.deleteTaskDefinitions(request -> request.taskDefinitions(definition));
  }
}
