package dev.fargate.operator.status;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.TaskFailure;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.api.v1alpha1.database.FargateDatabaseStatus;
import dev.fargate.operator.apply.Outcome;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.Plan;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.plan.Rollout.Deployment;
import dev.fargate.operator.plan.Rollout.Shift;
import dev.fargate.operator.plan.Rollout.Target;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Resolution;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.build.AppStack;
import dev.fargate.operator.stack.build.DatabaseStack;
import dev.fargate.operator.stack.build.Ids;
import dev.fargate.operator.stack.build.Phoenix;
import dev.fargate.operator.stack.build.Place;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What one pass sees and does: the Phoenix sample with all its resources there and revision 2 at
 * rest, changed as a test wants it.
 */
final class Scene {
  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  static final String ONE = "arn:aws:ecs:r:1:task-definition/phoenix:1";
  static final String TWO = "arn:aws:ecs:r:1:task-definition/phoenix:2";

  /** Of the rollout. */
  static final Instant START = NOW.minusSeconds(120);

  static final Duration DEADLINE = Duration.ofSeconds(900);

  /** Where it does not matter which. */
  static final FieldChange CHANGE =
      new FieldChange("tags.team", "a", "b", FieldChange.Effect.IN_PLACE);

  final List<ObservedResource> resources = new ArrayList<>();
  final Set<Kind> unknown = new HashSet<>();
  final List<Deployment> deployments = new ArrayList<>();
  final List<Target> targets = new ArrayList<>();
  final List<Rollout.TaskFailure> failures = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  final List<Action> actions = new ArrayList<>();
  final List<Plan.Conflict> conflicts = new ArrayList<>();
  final List<Plan.Ignored> ignored = new ArrayList<>();
  final List<Outcome> outcomes = new ArrayList<>();
  final Set<String> failedRevisions = new HashSet<>();
  final Map<String, String> lastLogLines = new TreeMap<>();
  List<TaskFailure> remembered = List.of();
  String requested = TWO;
  Shift shift;
  boolean service = true;
  boolean givenUp;
  boolean wantsZero;
  Halt halt;
  Unread unread;

  /** What the service itself is known to want; null: what its rollout says. */
  Integer countTold;

  Cause beside;
  Cause known;
  String imageDigest;
  Place place = Phoenix.place();
  Restore.Wish wish;

  private final FargateApp app;
  private final FargateDatabase database;

  private Scene(FargateApp app, FargateDatabase database, Stack stack) {
    this.app = app;
    this.database = database;
    there(stack);
    deployments.add(deployment("PRIMARY", TWO, 1, 1, "COMPLETED"));
  }

  static Scene app() {
    return app(app -> {});
  }

  static Scene app(Consumer<FargateApp> change) {
    return app(change, Phoenix.place());
  }

  static Scene app(Consumer<FargateApp> change, Place place) {
    FargateApp app = Phoenix.app();
    change.accept(app);
    Scene scene =
        new Scene(app, null, AppStack.build(Phoenix.APP, app, place, Phoenix.references()));
    scene.place = place;
    return scene;
  }

  static Scene database() {
    return database(database -> {});
  }

  static Scene database(Consumer<FargateDatabase> change) {
    FargateDatabase database = Phoenix.database();
    change.accept(database);
    Stack stack =
        DatabaseStack.build(
            Phoenix.DATABASE,
            database,
            Phoenix.place(),
            Map.of(),
            new TreeMap<>(Map.of("eu-central-1a", "subnet-0bbb0000000000001")),
            null);
    return new Scene(null, database, stack);
  }

  /** All of the stack is there, with the ids of AWS. */
  private void there(Stack stack) {
    Resolution known = Resolution.none();
    for (Resource resource : stack.resources()) {
      known = known.with(resource.id(), outputs(resource.id()));
    }
    for (Resource resource : stack.resources()) {
      resources.add(seen(known.resolve(resource)));
    }
  }

  static ObservedResource seen(Resource resource) {
    return new ObservedResource(
        resource,
        outputs(resource.id()),
        Map.of(),
        ObservedResource.Ownership.OURS,
        ObservedResource.Lifecycle.ACTIVE,
        null);
  }

  static Map<Output, String> outputs(ResourceId id) {
    Map<Output, String> outputs = new EnumMap<>(Output.class);
    Arrays.stream(Output.values())
        .forEach(output -> outputs.put(output, output.name().toLowerCase() + ":" + id));
    if (id.kind() == Kind.TASK_DEFINITION) {
      outputs.put(Output.ARN, TWO);
    }
    return outputs;
  }

  // What AWS has

  static Deployment deployment(
      String status, String revision, int desired, int running, String state) {
    return new Deployment(
        "ecs-svc/" + RolloutHealth.revision(revision),
        status,
        revision,
        "phoenix:" + revision.substring(revision.length() - 1),
        desired,
        running,
        desired - running,
        0,
        state,
        "ECS deployment " + state.toLowerCase() + ".",
        START,
        START);
  }

  Scene without(ResourceId id) {
    resources.removeIf(resource -> resource.actual().id().equals(id));
    return this;
  }

  Scene changed(ResourceId id, UnaryOperator<ObservedResource> change) {
    resources.replaceAll(
        resource -> resource.actual().id().equals(id) ? change.apply(resource) : resource);
    return this;
  }

  static ObservedResource as(ObservedResource.Lifecycle state, ObservedResource one) {
    return new ObservedResource(
        one.actual(), one.outputs(), one.tags(), one.ownership(), state, one.contentHash());
  }

  static ObservedResource foreign(ObservedResource one) {
    return new ObservedResource(
        one.actual(),
        one.outputs(),
        one.tags(),
        ObservedResource.Ownership.FOREIGN,
        one.lifecycle(),
        one.contentHash());
  }

  static ObservedResource actually(Resource actual, ObservedResource one) {
    return new ObservedResource(
        actual, one.outputs(), one.tags(), one.ownership(), one.lifecycle(), one.contentHash());
  }

  Scene rollout(Deployment... now) {
    deployments.clear();
    deployments.addAll(List.of(now));
    return this;
  }

  /** Nothing runs yet, and nothing is registered. */
  Scene brandNew() {
    resources.clear();
    deployments.clear();
    service = false;
    requested = null;
    return this;
  }

  Scene target(String ip, String state, String reason, String description) {
    targets.add(
        new Target(
            outputs(Ids.targetGroup("web")).get(Output.ARN), ip, 3000, state, reason, description));
    return this;
  }

  /** A task of the requested revision that ended by itself. */
  static Rollout.TaskFailure exit(String task, Instant at, Integer code) {
    return new Rollout.TaskFailure(
        "arn:aws:ecs:r:1:task/" + task,
        TWO,
        "EssentialContainerExited",
        "Essential container in task exited",
        "phoenix",
        code,
        null,
        at,
        Map.of());
  }

  // What is to be done and was done

  static Action action(Action.Verb verb, ObservedResource one, FieldChange... changes) {
    return new Action(
        verb,
        one.actual().id(),
        verb == Action.Verb.DELETE ? null : one.actual(),
        one,
        List.of(changes),
        new TreeMap<>(),
        Set.of(),
        null,
        false,
        false,
        null,
        "0123456789abcdef");
  }

  Action action(Action.Verb verb, ResourceId id, FieldChange... changes) {
    return verb == Action.Verb.UPDATE && changes.length == 0
        ? action(verb, find(id), CHANGE)
        : action(verb, find(id), changes);
  }

  ObservedResource find(ResourceId id) {
    return resources.stream()
        .filter(resource -> resource.actual().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  static Outcome.Failed failed(Action action, Outcome.ErrorClass error, String code, String said) {
    return new Outcome.Failed(action, error, code, said, "r-1", null);
  }

  // What is told

  Observed observed() {
    int desired = deployments.isEmpty() ? 0 : deployments.get(0).desired();
    int running = deployments.stream().mapToInt(Deployment::running).sum();
    Rollout rollout =
        service
            ? new Rollout(
                "ACTIVE",
                desired,
                running,
                0,
                deployments,
                targets,
                failures,
                events,
                null,
                null,
                shift)
            : null;
    return new Observed(
        resources.stream()
            .map(one -> countedAs(countTold == null ? desired : countTold, one))
            .toList(),
        unknown,
        List.of(),
        rollout);
  }

  private static ObservedResource countedAs(int count, ObservedResource one) {
    return one.actual() instanceof Service service
        ? actually(service.with(new Service.Count(count, service.count().managed())), one)
        : one;
  }

  Plan plan() {
    Owner owner = app != null ? Phoenix.APP : Phoenix.DATABASE;
    return new Plan(
        owner, actions, conflicts, Resolution.none(), List.of(), unknown, givenUp, ignored);
  }

  RolloutHealth health() {
    RolloutHealth health =
        RolloutHealth.of(
            observed(),
            new RolloutHealth.Asked(
                requested, failedRevisions, DEADLINE, fields(), remembered, known),
            NOW);
    return givenUp ? health.givenUp() : health;
  }

  private TaskFields fields() {
    return app != null
        ? TaskFields.of(app.getSpec().iam, app.getSpec().network, "phoenix")
        : TaskFields.of(database.getSpec().iam, database.getSpec().network, "phoenix");
  }

  Look look() {
    return new Look(
        observed(),
        plan(),
        health(),
        requested,
        "wanted",
        fields(),
        lastLogLines,
        imageDigest,
        wish);
  }

  FargateAppStatus appStatus() {
    return told(new AppStatus(app, NOW));
  }

  FargateDatabaseStatus databaseStatus() {
    return told(new DatabaseStatus(database, NOW));
  }

  private <S extends dev.fargate.api.v1alpha1.WorkloadStatus> S told(StatusDraft<S> draft) {
    Look look = look();
    draft.saw(look, place, "uid-1");
    WorkConditions.judge(
        draft.conditions(),
        new WorkConditions.Facts(
            look,
            outcomes,
            halt,
            wantsZero,
            draft.staysReady(look),
            draft.drift(look),
            unread,
            beside != null ? beside : RestoreHealth.cause(look)));
    return draft.build(NOW);
  }

  /** The spec changes, before anything in AWS does. */
  void edit(Consumer<FargateDatabase> change) {
    change.accept(database);
  }

  /** The status of the same object at the next look, which has seen this one. */
  Scene then() {
    if (app != null) {
      app.setStatus(copy(appStatus(), FargateAppStatus.class));
    } else {
      database.setStatus(copy(databaseStatus(), FargateDatabaseStatus.class));
    }
    return this;
  }

  /** ECS told of this task at the look before, and has forgotten it since. */
  Scene withFailure(Rollout.TaskFailure failure) {
    failures.add(failure);
    List<Deployment> now = List.copyOf(deployments);
    rollout(deployment("PRIMARY", TWO, 1, 0, "IN_PROGRESS"));
    then();
    failures.clear();
    deployments.clear();
    deployments.addAll(now);
    remembered = app.getStatus().recentFailures;
    return this;
  }

  private static <T> T copy(T status, Class<T> type) {
    return Serialization.unmarshal(Serialization.asYaml(status), type);
  }
}
