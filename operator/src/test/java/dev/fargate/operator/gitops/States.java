package dev.fargate.operator.gitops;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.environment.NamespaceAccess;
import dev.fargate.operator.flow.VirtualWorld;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The states that Phoenix' objects come to, from the real flow in virtual time: each scenario runs
 * in a world of its own and names the states it came to with what tools must say of them. All that
 * was written on the way is kept, too.
 */
final class States {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(40);

  /** Longer than the default progress deadline of 900 s. */
  private static final Duration PAST_THE_DEADLINE = Duration.ofMinutes(17);

  /** Long enough for passes that follow from an edit, shorter than any rollout. */
  private static final Duration MOMENT = Duration.ofSeconds(3);

  private final List<State> named = new ArrayList<>();
  private final List<ObjectNode> written = new ArrayList<>();

  private VirtualWorld world;
  private FargateEnvironment environment;
  private FargateDatabase database;
  private FargateApp app;

  private static States all;

  /** Runs all scenarios, once per JVM. */
  static synchronized States all() {
    if (all == null) {
      all = new States();
      all.run();
    }
    return all;
  }

  /** The named states, in the order of the scenarios. */
  List<State> named() {
    return named;
  }

  /** Every object that was written in any scenario, in order. */
  List<ObjectNode> written() {
    return written;
  }

  private void run() {
    scenario(this::fromNothingToReady);
    scenario(this::theEnvironmentIsMissing);
    scenario(this::theDatabaseIsMissing);
    scenario(this::aNewImageRollsOut);
    scenario(this::aBadImageIsRolledBack);
    scenario(this::theFirstRevisionNeverRuns);
    scenario(this::suspendedAndBack);
    scenario(this::pausedAndBack);
    scenario(this::plannedFirst);
    scenario(this::refused);
    scenario(this::twoWantOneHost);
    scenario(this::awsIsDown);
    scenario(this::theDatabaseDies);
    scenario(this::deleted);
    scenario(this::theEnvironmentIsLost);
  }

  private void scenario(Runnable scenario) {
    try (VirtualWorld fresh = new VirtualWorld()) {
      world = fresh;
      world.watch(object -> written.add(shown(object)));
      environment = sample("environment.yaml", FargateEnvironment.class);
      database = sample("database.yaml", FargateDatabase.class);
      app = sample("app.yaml", FargateApp.class);
      scenario.run();
    }
  }

  private void fromNothingToReady() {
    world.apply(environment, database, app);
    app("new", Kstatus.Result.IN_PROGRESS, "Progressing", "");
    world.run(Duration.ofSeconds(10));
    environment("creating", Kstatus.Result.IN_PROGRESS, "Progressing", "Creating");
    untilReady();
    app("ready", Kstatus.Result.CURRENT, "Healthy", "Available");
    database("ready", Kstatus.Result.CURRENT, "Healthy", "Available");
    environment("ready", Kstatus.Result.CURRENT, "Healthy", "Available");
  }

  private void theEnvironmentIsMissing() {
    world.apply(app, database);
    world.run(MOMENT);
    app("no environment yet", Kstatus.Result.IN_PROGRESS, "Progressing", "EnvironmentMissing");
    database("no environment yet", Kstatus.Result.IN_PROGRESS, "Progressing", "EnvironmentMissing");
    world.run(PAST_THE_DEADLINE);
    app("no environment for long", Kstatus.Result.FAILED, "Degraded", "EnvironmentMissing");
  }

  private void theDatabaseIsMissing() {
    world.apply(environment);
    world.runUntil(
        "the environment is ready",
        LONG_ENOUGH,
        () -> world.ready("FargateEnvironment", "phoenix"));
    world.apply(app);
    world.run(MOMENT);
    app("no database yet", Kstatus.Result.IN_PROGRESS, "Progressing", "ReferenceMissing");
    world.run(PAST_THE_DEADLINE);
    app("no database for long", Kstatus.Result.FAILED, "Degraded", "ReferenceMissing");
  }

  private void aNewImageRollsOut() {
    ready();
    app.getSpec().image = "phoenix:2";
    world.apply(app);
    app("generation not seen", Kstatus.Result.IN_PROGRESS, "Progressing", "Available");
    world.run(MOMENT);
    app("rolling out", Kstatus.Result.IN_PROGRESS, "Progressing", "RollingOut");
    untilReady();
    app("rolled out", Kstatus.Result.CURRENT, "Healthy", "Available");
  }

  private void aBadImageIsRolledBack() {
    ready();
    world.aws.scriptedTasks().image("phoenix:bad").exitsAfter(Duration.ofSeconds(2), 1);
    app.getSpec().image = "phoenix:bad";
    world.apply(app);
    world.run(Duration.ofMinutes(1));
    app("tasks failing", Kstatus.Result.IN_PROGRESS, "Progressing", "ContainerExited");
    world.runUntil("rolled back", LONG_ENOUGH, () -> reason("FargateApp").equals("RolledBack"));
    app("rolled back", Kstatus.Result.FAILED, "Degraded", "RolledBack");
  }

  private void theFirstRevisionNeverRuns() {
    world.aws.scriptedTasks().image("phoenix:bad").exitsAfter(Duration.ofSeconds(2), 1);
    app.getSpec().image = "phoenix:bad";
    world.apply(environment, database, app);
    world.runUntil("given up", LONG_ENOUGH, () -> reason("FargateApp").equals("RolloutFailed"));
    app("first rollout failed", Kstatus.Result.FAILED, "Degraded", "RolloutFailed");
  }

  private void suspendedAndBack() {
    ready();
    app.getSpec().suspend = true;
    world.apply(app);
    world.runUntil("no task", LONG_ENOUGH, () -> reason("FargateApp").equals("ScaledToZero"));
    app("suspended", Kstatus.Result.CURRENT, "Suspended", "ScaledToZero");
    app.getSpec().suspend = null;
    app.getSpec().autoscaling = null;
    app.getSpec().replicas = 0;
    world.apply(app);
    world.run(Duration.ofMinutes(5));
    app("scaled to zero", Kstatus.Result.CURRENT, "Healthy", "ScaledToZero");
    app.getSpec().replicas = 2;
    world.apply(app);
    untilReady();
  }

  private void pausedAndBack() {
    ready();
    app.getSpec().mode = Mode.PAUSED;
    world.apply(app);
    world.run(MOMENT);
    app("paused", Kstatus.Result.CURRENT, "Suspended", "Available");
    app.getSpec().image = "phoenix:2";
    world.apply(app);
    world.run(Duration.ofMinutes(2));
    app("paused with a change", Kstatus.Result.FAILED, "Suspended", "Paused");
    app.getSpec().mode = Mode.APPLY;
    world.apply(app);
    untilReady();
    database.getSpec().mode = Mode.PAUSED;
    world.apply(database);
    world.run(MOMENT);
    database("paused", Kstatus.Result.CURRENT, "Suspended", "Available");
  }

  private void plannedFirst() {
    app.getSpec().mode = Mode.PLAN;
    world.apply(environment, database, app);
    world.runUntil(
        "there is a plan", LONG_ENOUGH, () -> reason("FargateApp").equals("PlanPending"));
    app("plan to approve", Kstatus.Result.FAILED, "Suspended", "PlanPending");
    app.getSpec().approvedPlan = world.app("phoenix").getStatus().plan.hash;
    world.apply(app);
    untilReady();
    app("approved plan carried out", Kstatus.Result.CURRENT, "Healthy", "Available");
    app.getSpec().autoscaling.maxReplicas = 7;
    app.getSpec().approvedPlan = null;
    world.apply(app);
    world.run(Duration.ofMinutes(1));
    app("plan to approve while it serves", Kstatus.Result.CURRENT, "Suspended", "Available");
    app.getSpec().approvedPlan = "0123456789abcdef";
    world.apply(app);
    world.run(Duration.ofMinutes(1));
    app("another plan than approved", Kstatus.Result.FAILED, "Degraded", null);
  }

  private void refused() {
    ready();
    app.getSpec().memoryMiB = 12345;
    world.apply(app);
    world.run(MOMENT);
    app("invalid", Kstatus.Result.FAILED, "Degraded", "InvalidSpec");
    app.getSpec().memoryMiB = 1024;
    world.aws.faults().on("ecs:RegisterTaskDefinition").fail("AccessDeniedException", "denied");
    world.apply(app);
    world.run(Duration.ofMinutes(1));
    app("denied", Kstatus.Result.FAILED, "Degraded", "AccessDenied");
    world.aws.faults().clear();
    environment.getSpec().access.namespaces = new NamespaceAccess();
    environment.getSpec().access.namespaces.from = "Names";
    world.apply(environment);
    world.run(Duration.ofMinutes(1));
    app("namespace not admitted", Kstatus.Result.FAILED, "Degraded", "AccessNotAllowed");
    database("namespace not admitted", Kstatus.Result.FAILED, "Degraded", "AccessNotAllowed");
    environment.getSpec().access.namespaces = null;
    environment.getSpec().loadBalancers.get(0).listeners.get(0).port = 8081;
    world.aws.faults().on("elasticloadbalancing:CreateListener").fail("AccessDenied", "denied");
    world.apply(environment);
    world.run(Duration.ofMinutes(1));
    environment("denied", Kstatus.Result.FAILED, "Degraded", "AccessDenied");
  }

  private void twoWantOneHost() {
    ready();
    FargateApp second = Serialization.clone(app);
    second.getMetadata().setName("second");
    world.apply(second);
    world.run(Duration.ofMinutes(2));
    state("conflict", world.app("second"), Kstatus.Result.FAILED, "Degraded", "Conflict");
  }

  private void awsIsDown() {
    ready();
    world.aws.faults().on("*").fail("InternalFailure", "down");
    world.run(Duration.ofMinutes(10));
    app("aws unreadable", Kstatus.Result.IN_PROGRESS, "Progressing", "ObservationStale");
    app.getSpec().image = "phoenix:2";
    world.apply(app);
    world.run(Duration.ofMinutes(1));
    app("aws down under a change", Kstatus.Result.IN_PROGRESS, "Progressing", null);
    world.restartOperator();
    world.run(Duration.ofMinutes(1));
    app("aws not read yet", Kstatus.Result.IN_PROGRESS, "Progressing", "ObservationStale");
    environment("aws not read yet", Kstatus.Result.IN_PROGRESS, "Progressing", "ObservationStale");
    world.aws.faults().clear();
    untilReady();
  }

  private void theDatabaseDies() {
    ready();
    for (var task : world.aws.scriptedTasks().running()) {
      var container = task.containers().get(0);
      if (container.image().contains("mongo")) {
        world.aws.scriptedTasks().image(container.image()).exitsAfter(Duration.ofSeconds(2), 137);
        world.aws.scriptedTasks().exit(task.taskArn(), container.name(), 137);
      }
    }
    world.runUntil(
        "its end is seen", LONG_ENOUGH, () -> !world.ready("FargateDatabase", "phoenix-db"));
    database("without a task", Kstatus.Result.IN_PROGRESS, "Progressing", "ContainerExited");
    app("with its database down", Kstatus.Result.CURRENT, "Healthy", "Available");
  }

  private void deleted() {
    ready();
    world.delete("FargateEnvironment", "phoenix");
    world.run(Duration.ofMinutes(2));
    environment("in use", Kstatus.Result.TERMINATING, "Progressing", "Deleting");
    world.delete("FargateApp", "phoenix");
    app("deletion not seen", Kstatus.Result.TERMINATING, "Progressing", null);
    world.run(MOMENT);
    app("deleting", Kstatus.Result.TERMINATING, "Progressing", "Deleting");
    world.delete("FargateDatabase", "phoenix-db");
    world.aws.faults().on("ecs:DeleteService").fail("AccessDeniedException", "denied");
    world.run(Duration.ofMinutes(1));
    database("deletion denied", Kstatus.Result.TERMINATING, "Progressing", "Deleting");
  }

  private void theEnvironmentIsLost() {
    ready();
    world.lose("FargateEnvironment", "phoenix");
    world.run(MOMENT);
    app("environment lost", Kstatus.Result.IN_PROGRESS, "Progressing", "EnvironmentMissing");
    world.run(PAST_THE_DEADLINE);
    app("environment lost for long", Kstatus.Result.FAILED, "Degraded", "EnvironmentMissing");
    world.delete("FargateApp", "phoenix");
    world.run(MOMENT);
    app("deleting without environment", Kstatus.Result.TERMINATING, "Progressing", "Deleting");
  }

  private void ready() {
    world.apply(environment, database, app);
    untilReady();
    world.run(Duration.ofMinutes(2));
  }

  private void untilReady() {
    world.run(MOMENT);
    world.runUntil(
        "Phoenix is ready",
        LONG_ENOUGH,
        () ->
            world.ready("FargateApp", "phoenix")
                && world.ready("FargateDatabase", "phoenix-db")
                && world.ready("FargateEnvironment", "phoenix"));
    world.run(MOMENT);
  }

  private String reason(String kind) {
    String name = kind.equals("FargateDatabase") ? "phoenix-db" : "phoenix";
    return world.condition(kind, name, ConditionType.READY).map(Condition::getReason).orElse("");
  }

  private void app(String name, Kstatus.Result kstatus, String health, String reason) {
    state(name, world.app("phoenix"), kstatus, health, reason);
  }

  private void database(String name, Kstatus.Result kstatus, String health, String reason) {
    state(name, world.database("phoenix-db"), kstatus, health, reason);
  }

  private void environment(String name, Kstatus.Result kstatus, String health, String reason) {
    state(name, world.environmentObject("phoenix"), kstatus, health, reason);
  }

  private void state(
      String name,
      CustomResource<?, ?> object,
      Kstatus.Result kstatus,
      String health,
      String reason) {
    named.add(new State(name, shown(object), kstatus, health, reason));
  }

  /** As the API server shows it: with the definition's default of a status that is not there. */
  static ObjectNode shown(CustomResource<?, ?> object) {
    ObjectNode shown = new ObjectMapper().valueToTree(object);
    if (shown.path("status").isMissingNode() || shown.path("status").isNull()) {
      ObjectNode definition =
          Shipped.document(
              Shipped.definitions().resolve(object.getKind().toLowerCase(Locale.ROOT) + "s.yaml"));
      var standard =
          definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/status/default");
      if (!standard.isMissingNode()) {
        shown.set("status", standard.deepCopy());
      }
    }
    return shown;
  }

  private static <R extends CustomResource<?, ?>> R sample(String file, Class<R> type) {
    return Serialization.unmarshal(
        Shipped.text(Shipped.samples().resolve("phoenix").resolve(file)), type);
  }
}
