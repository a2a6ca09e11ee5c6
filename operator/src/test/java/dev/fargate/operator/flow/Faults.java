package dev.fargate.operator.flow;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.KeyReference;
import dev.fargate.api.v1alpha1.app.ValueFrom;
import dev.fargate.api.v1alpha1.database.Restore;
import dev.fargate.local.aws.tasks.scripted.ImageScript;
import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.stack.build.DatabaseRestore;
import dev.fargate.operator.stack.build.DatabaseStack;
import dev.fargate.operator.stack.build.MoveScript;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One app behind a load balancer, without a database, whose image does what a test says. */
final class Faults {
  static final String IMAGE = "web:1";

  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

  final VirtualWorld world = new VirtualWorld();
  final FargateEnvironment environment = open();
  final FargateApp app = web("web");
  final FargateDatabase database = read("database.yaml", FargateDatabase.class);

  /** A kind of the Phoenix sample. */
  static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sample's environment, which lets apps name every role, secret and topic. */
  private static FargateEnvironment open() {
    FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
    environment.getSpec().access.executionRoleArns = List.of("*");
    environment.getSpec().access.secretArnPrefixes = List.of("*");
    environment.getSpec().access.topicArns = List.of("*");
    return environment;
  }

  private static FargateApp web(String name) {
    FargateApp app = read("app.yaml", FargateApp.class);
    app.getMetadata().setName(name);
    app.getSpec().image = IMAGE;
    app.getSpec().env.clear();
    app.getSpec().autoscaling = null;
    app.getSpec().alarms.clear();
    return app;
  }

  /** Applies the environment and waits for it. */
  void environment() {
    world.apply(environment);
    world.runUntil(
        "the environment is ready",
        LONG_ENOUGH,
        () -> world.ready("FargateEnvironment", environment.getMetadata().getName()));
  }

  /** Applies the app as it is now. */
  void apply() {
    world.apply(app);
  }

  /** Applies the app and waits for it and for all that follows. */
  void applyAndSettle() {
    apply();
    untilReady();
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
  }

  void untilReady() {
    world.runUntil("web is ready", LONG_ENOUGH, () -> world.ready("FargateApp", "web"));
  }

  ImageScript script() {
    return world.aws.scriptedTasks().image(IMAGE);
  }

  /** As the API server has it. */
  FargateApp stored() {
    return world.app("web");
  }

  Optional<Condition> condition(ConditionType type) {
    return world.condition("FargateApp", "web", type);
  }

  /** Another app that asks for the same host and path. */
  FargateApp second(String name) {
    return web(name);
  }

  void executionRole(String arn) {
    app.getSpec().iam = new Iam();
    app.getSpec().iam.executionRoleArn = arn;
  }

  /** Applies the sample's database, which is backed up, with its environment. */
  void databaseWithBackup() {
    world.apply(environment, database);
  }

  /** Likewise, and waits for it. */
  void backedUpDatabase() {
    databaseWithBackup();
    world.runUntil(
        "the database is ready",
        LONG_ENOUGH,
        () -> world.ready("FargateDatabase", database.getMetadata().getName()));
  }

  /** A backup by annotation. */
  void backUpNow() {
    backedUpDatabase();
    world.mountForReal();
    world.annotate(
        "FargateDatabase", database.getMetadata().getName(), "fargate.dev/backup", "now");
  }

  /**
   * The database is brought back to a backup of it.
   *
   * @param moves whether the task that moves the data finds it
   */
  void restore(boolean moves) {
    backUpNow();
    String name = database.getMetadata().getName();
    world.runUntil(
        "the database is backed up",
        LONG_ENOUGH,
        () -> world.database(name).getStatus().lastBackupTime != null);
    world
        .aws
        .scriptedTasks()
        .image(DatabaseStack.image(database.getSpec()), DatabaseRestore.CONTAINER)
        .worksFor(Duration.ofSeconds(3), container -> moves ? 0 : MoveScript.NO_DATABASE);
    restore(world.database(name).getStatus().backup.recoveryPoints.get(0).arn);
  }

  void restore(String recoveryPointArn) {
    database.getSpec().restore = new Restore();
    database.getSpec().restore.recoveryPointArn = recoveryPointArn;
    world.apply(database);
  }

  /** Somebody takes the schedule away, and nobody puts it back. */
  void scheduleGone() {
    database.getSpec().mode = Mode.PAUSED;
    world.apply(database);
    var backup = new Leftovers(world.aws).backup;
    var plan = backup.listBackupPlans(r -> {}).backupPlansList().get(0);
    String vault = backup.listBackupVaults(r -> {}).backupVaultList().get(0).backupVaultName();
    backup.updateBackupPlan(
        r ->
            r.backupPlanId(plan.backupPlanId())
                .backupPlan(
                    p ->
                        p.backupPlanName(plan.backupPlanName())
                            .rules(rule -> rule.ruleName("never").targetBackupVaultName(vault))));
  }

  /** An environment variable whose value is a secret that is not ours. */
  void secretOfOthers(String arn) {
    EnvVar variable = new EnvVar();
    variable.name = "TOKEN";
    variable.valueFrom = new ValueFrom();
    variable.valueFrom.secretsManagerArn = arn;
    app.getSpec().env.add(variable);
  }

  /** An environment variable whose value is a key of a Kubernetes Secret. */
  void secretOf(String variable, String secret, String key) {
    EnvVar entry = new EnvVar();
    entry.name = variable;
    entry.valueFrom = new ValueFrom();
    entry.valueFrom.secretKeyRef = new KeyReference();
    entry.valueFrom.secretKeyRef.name = secret;
    entry.valueFrom.secretKeyRef.key = key;
    app.getSpec().env.add(entry);
  }
}
