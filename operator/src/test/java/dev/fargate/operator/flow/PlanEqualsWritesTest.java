package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Alarm;
import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.PlanStatus;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.api.v1alpha1.database.Restore;
import dev.fargate.api.v1alpha1.environment.PublicZone;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a plan says is what is then written to AWS, over all passes that it takes: each action is
 * its calls, and there is no other call. In virtual time.
 */
class PlanEqualsWritesTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");

  private static final Duration LONG_ENOUGH = Duration.ofHours(1);

  private final VirtualWorld world = new VirtualWorld();
  private final FargateApp app = read("app.yaml", FargateApp.class);
  private final FargateDatabase database = read("database.yaml", FargateDatabase.class);

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static Named<Consumer<FargateApp>> change(String name, Consumer<FargateApp> change) {
    return Named.of(name, change);
  }

  private static Alarm alarm(String name, String metric) {
    Alarm alarm = new Alarm();
    alarm.name = name;
    alarm.metric = metric;
    alarm.thresholdPercent = 90;
    alarm.topicArn = "arn:aws:sns:eu-central-1:123456789012:on-call";
    return alarm;
  }

  static Stream<Named<Consumer<FargateApp>>> changes() {
    return Stream.of(
        change("nothing", app -> {}),
        change("image", app -> app.getSpec().image = "phoenix:2"),
        change(
            "port",
            app -> {
              app.getSpec().ports.get(0).containerPort = 3001;
              app.getSpec().env.get(0).value = "3001";
            }),
        change(
            "no autoscaling",
            app -> {
              app.getSpec().autoscaling = null;
              app.getSpec().replicas = 2;
            }),
        change("scaling bounds", app -> app.getSpec().autoscaling.maxReplicas = 9),
        change("suspend", app -> app.getSpec().suspend = true),
        change(
            "alarms",
            app -> {
              app.getSpec().alarms.clear();
              app.getSpec().alarms.add(alarm("cpu-now", "Cpu"));
              app.getSpec().alarms.add(alarm("errors", "Http5xx"));
            }),
        change(
            "rollback alarms",
            app -> {
              app.getSpec().image = "phoenix:2";
              app.getSpec().alarms.add(alarm("errors", "Http5xx"));
              app.getSpec().rollout = new Rollout();
              app.getSpec().rollout.rollbackAlarms.add("errors");
            }),
        change("restart", app -> app.getSpec().restartedAt = "2026-11-21T09:00:00Z"),
        change(
            "tags, retention, paths, health check",
            app -> {
              app.getSpec().logs.retentionDays = 14;
              app.getSpec().tags.put("team", "web");
              app.getSpec().ingresses.get(0).paths.add("/api/*");
              app.getSpec().ingresses.get(0).healthCheck.path = "/";
            }),
        change(
            "no ingress",
            app -> {
              app.getSpec().ingresses.clear();
              app.getSpec().alarms.clear();
              app.getSpec().autoscaling.requestsPerMinutePerTask = null;
            }),
        change("traffic moved by ECS", PlanEqualsWritesTest::blueGreen),
        change("a public name", app -> app.getSpec().ingresses.get(0).hosts.add("app.example.com")),
        change(
            "a private name",
            app -> {
              app.getSpec().privateDns = new dev.fargate.api.v1alpha1.app.PrivateDns();
              app.getSpec().privateDns.name = "phoenix";
            }));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whatAChangePlansIsWhatItWrites(Consumer<FargateApp> change) {
    start();
    world.apply(app);
    untilDone("FargateApp", "phoenix");
    change.accept(app);
    app.getSpec().mode = Mode.PLAN;
    world.apply(app);
    world.run(Duration.ofSeconds(30));
    PlanStatus plan = world.app("phoenix").getStatus().plan;
    world.forgetCalls();
    app.getSpec().mode = Mode.APPLY;
    world.apply(app);
    untilDone("FargateApp", "phoenix");
    PlannedWrites.assertCarriedOut(plan, world.aws);
  }

  static Stream<Named<Consumer<FargateApp>>> changesWhereEcsMovesTraffic() {
    return Stream.of(
        change("image", app -> app.getSpec().image = "phoenix:2"),
        change("bake time", app -> app.getSpec().rollout.bakeTimeMinutes = 1),
        change("rolling again", app -> app.getSpec().rollout = null),
        change(
            "port",
            app -> {
              app.getSpec().ports.get(0).containerPort = 3001;
              app.getSpec().env.get(0).value = "3001";
            }));
  }

  @ParameterizedTest
  @MethodSource("changesWhereEcsMovesTraffic")
  void whatAChangeWhereEcsMovesTrafficPlansIsWhatItWrites(Consumer<FargateApp> change) {
    blueGreen(app);
    whatAChangePlansIsWhatItWrites(change);
  }

  private static void blueGreen(FargateApp app) {
    app.getSpec().autoscaling.requestsPerMinutePerTask = null;
    app.getSpec().rollout = new Rollout();
    app.getSpec().rollout.strategy = RolloutStrategy.BLUE_GREEN;
  }

  @Test
  void whatCreatingPhoenixPlansIsWhatItWrites() {
    start();
    app.getSpec().mode = Mode.PLAN;
    world.apply(app);
    world.run(Duration.ofSeconds(30));
    PlanStatus plan = world.app("phoenix").getStatus().plan;
    world.forgetCalls();
    app.getSpec().mode = Mode.APPLY;
    world.apply(app);
    untilDone("FargateApp", "phoenix");
    assertThat(plan.actions).hasSizeGreaterThan(8);
    PlannedWrites.assertCarriedOut(plan, world.aws);
  }

  @Test
  void whatADatabasePlansIsWhatItWrites() {
    database.getSpec().mode = Mode.PLAN;
    world.apply(read("environment.yaml", FargateEnvironment.class), database);
    world.runUntil(
        "the database is planned",
        LONG_ENOUGH,
        () ->
            world.database("phoenix-db").getStatus() != null
                && world.database("phoenix-db").getStatus().plan != null);
    world.run(Duration.ofSeconds(30));
    PlanStatus plan = world.database("phoenix-db").getStatus().plan;
    world.forgetCalls();
    database.getSpec().mode = Mode.APPLY;
    world.apply(database);
    untilDone("FargateDatabase", "phoenix-db");
    assertThat(plan.actions).hasSizeGreaterThan(5);
    PlannedWrites.assertCarriedOut(plan, world.aws);
  }

  @Test
  void whatAnotherBackupPlansIsWhatItWrites() {
    start();
    database.getSpec().backup.schedule = "0 4 * * *";
    database.getSpec().backup.retentionDays = 14;
    database.getMetadata().setAnnotations(Map.of("fargate.dev/backup", "now"));
    database.getSpec().mode = Mode.PLAN;
    world.apply(database);
    world.run(Duration.ofSeconds(30));
    PlanStatus plan = world.database("phoenix-db").getStatus().plan;
    assertThat(plan.actions)
        .extracting(action -> action.resource)
        .contains("BackupVault/data", "BackupPlan/data");
    world.forgetCalls();
    database.getSpec().mode = Mode.APPLY;
    world.apply(database);
    untilDone("FargateDatabase", "phoenix-db");
    PlannedWrites.assertCarriedOut(plan, world.aws);
  }

  @Test
  void whatARestorePlansIsWhatItWrites() {
    start();
    world.mountForReal();
    database.getMetadata().setAnnotations(Map.of("fargate.dev/backup", "now"));
    world.apply(database);
    world.run(Duration.ofMinutes(10));
    world
        .aws
        .scriptedTasks()
        .image("mongo:7.0", "restore")
        .worksFor(Duration.ofSeconds(3), container -> 0);
    database.getSpec().restore = new Restore();
    database.getSpec().restore.recoveryPointArn =
        world.database("phoenix-db").getStatus().backup.recoveryPoints.get(0).arn;
    database.getSpec().mode = Mode.PLAN;
    world.apply(database);
    world.run(Duration.ofSeconds(30));
    PlanStatus plan = world.database("phoenix-db").getStatus().plan;
    assertThat(plan.actions)
        .extracting(action -> action.resource)
        .filteredOn(resource -> resource.equals("AccessPoint/data"))
        .hasSize(3);
    world.forgetCalls();
    database.getSpec().mode = Mode.APPLY;
    world.apply(database);
    untilDone("FargateDatabase", "phoenix-db");
    PlannedWrites.assertCarriedOut(plan, world.aws);
  }

  @Test
  void whatADeletionPlansIsWhatItWrites() {
    start();
    app.getSpec().deletionPolicy = DeletionPolicy.DELETE;
    world.apply(app);
    untilDone("FargateApp", "phoenix");
    app.getSpec().mode = Mode.PLAN;
    world.apply(app);
    world.delete("FargateApp", "phoenix");
    world.run(Duration.ofMinutes(2));
    PlanStatus plan = world.app("phoenix").getStatus().plan;
    world.forgetCalls();
    world.app("phoenix").getSpec().mode = Mode.APPLY;
    world.runUntil("the app is gone", LONG_ENOUGH, () -> !world.exists("FargateApp", "phoenix"));
    assertThat(plan.actions).hasSizeGreaterThan(8);
    PlannedWrites.assertCarriedOut(plan, world.aws);
  }

  @Test
  void whatDeletingADatabasePlansIsWhatItWrites() {
    start();
    database.getSpec().mode = Mode.PLAN;
    world.apply(database);
    world.delete("FargateDatabase", "phoenix-db");
    world.run(Duration.ofMinutes(2));
    PlanStatus plan = world.database("phoenix-db").getStatus().plan;
    assertThat(plan.actions)
        .filteredOn(action -> Boolean.TRUE.equals(action.losesData))
        .extracting(action -> action.resource)
        .containsExactlyInAnyOrder(
            "FileSystem/data", "BackupVault/data", "Secret/credentials", "LogGroup/logs");
    world.forgetCalls();
    world.database("phoenix-db").getSpec().mode = Mode.APPLY;
    world.runUntil(
        "the database is gone", LONG_ENOUGH, () -> !world.exists("FargateDatabase", "phoenix-db"));
    PlannedWrites.assertCarriedOut(plan, world.aws);
  }

  private void start() {
    FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
    environment.getSpec().access.topicArns = List.of("*");
    environment.getSpec().defaults.infrastructureRoleArn =
        "arn:aws:iam::123456789012:role/fargate-operator-infrastructure";
    PublicZone zone = new PublicZone();
    zone.domain = "example.com";
    zone.hostedZoneId = "Z00000000EXAMPLECOM";
    environment.getSpec().publicZones.add(zone);
    world.apply(environment, database);
    untilDone("FargateDatabase", "phoenix-db");
  }

  private void untilDone(String kind, String name) {
    PlannedWrites.untilDone(world, kind, name);
  }
}
