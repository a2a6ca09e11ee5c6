package dev.fargate.operator.campaign;

import dev.fargate.api.v1alpha1.Adoption;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.app.Autoscaling;
import dev.fargate.api.v1alpha1.app.PrivateDns;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.api.v1alpha1.database.Restore;
import dev.fargate.api.v1alpha1.environment.PublicZone;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.build.DatabaseRestore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Everything that is tried with a fault at every call. One line each; samples join by themselves.
 */
final class Workloads {
  /** A changed Secret wakes nobody: an app is looked at within a minute. */
  private static final Duration NEXT_LOOK = Duration.ofSeconds(70);

  private static final Path EVERYTHING = Path.of("src/test/resources/campaign/everything");

  private static final Path REFUSED = Path.of("src/test/resources/campaign/refused.yaml");

  private static final Consumer<Stage> NOTHING = stage -> {};
  private static final Consumer<Stage> ENVIRONMENT = stage -> stage.apply(stage.environment);
  private static final Consumer<Stage> APP = ENVIRONMENT.andThen(stage -> stage.apply(stage.app));

  static final List<Workload> ALL =
      Stream.concat(
              Stream.of(
                  new Workload("create", NOTHING, s -> s.apply(s.environment, s.app)),
                  new Workload("new-image", APP, edit(webTwo())),
                  new Workload("bad-image", Workloads::withBadImage, Workloads::badImage),
                  new Workload("sick-image", Workloads::withSickImage, Workloads::sickImage),
                  new Workload("blue-green", Workloads::withTwoColours, edit(webTwo())),
                  new Workload("scale", APP, edit(app -> app.getSpec().replicas = 3)),
                  new Workload("other-port", APP, edit(Workloads::otherPort)),
                  new Workload("add-ingress", Workloads::withoutIngress, Workloads::addIngress),
                  new Workload("remove-ingress", APP, edit(app -> app.getSpec().ingresses.clear())),
                  new Workload("private-dns", Workloads::withDomain, edit(Workloads::privateName)),
                  new Workload("public-name", Workloads::withZone, edit(Workloads::publicName)),
                  new Workload("public-name-gone", Workloads::withPublicName, edit(noHosts())),
                  new Workload("new-secret", Workloads::withSecret, Workloads::newSecret),
                  new Workload("scaling-on", APP, edit(Workloads::scaling)),
                  new Workload("scaling-off", Workloads::withScaling, Workloads::scalingOff),
                  new Workload("scaled-out", Workloads::scaledOut, edit(webTwo())),
                  new Workload("suspend", APP, edit(app -> app.getSpec().suspend = true)),
                  new Workload("drift", APP, Workloads::changedByOthers),
                  new Workload("wrong-references", APP, Workloads::wrongThenRight),
                  new Workload("refused", NOTHING, s -> s.applyFile(REFUSED)),
                  new Workload("approve-plan", APP, Workloads::approve),
                  new Workload(
                      "approve-deletion", Workloads::withApprovedPlan, Workloads::approveDeletion),
                  new Workload("delete", APP, s -> s.delete(s.app)),
                  new Workload("delete-while-creating", ENVIRONMENT, Workloads::deleteEarly, true),
                  new Workload("delete-and-create", APP, Workloads::deleteAndCreate),
                  new Workload("delete-all", APP, Workloads::deleteAll),
                  new Workload("pause-and-resume", APP, Workloads::pauseAndResume),
                  new Workload("adopt", Workloads::withTheirLogs, Workloads::adopt),
                  new Workload("environment-gone", APP, Workloads::environmentGone),
                  new Workload("two-claims", APP, s -> s.apply(s.second)),
                  new Workload("everything", NOTHING, Workloads::everything),
                  new Workload(
                      "everything-changed",
                      Workloads::everything,
                      s -> s.applyFile(EVERYTHING.resolve("changed.yaml"))),
                  // A rule in the database's group goes with the group, or before it with the app.
                  new Workload(
                      "everything-gone", Workloads::everything, Stage::deleteWorkloads, true),
                  new Workload("backup-now", Workloads::withDatabase, Workloads::backUp),
                  new Workload("restore", Workloads::withRealBackup, Workloads::restore),
                  new Workload("delete-backups", Workloads::withBackup, s -> s.delete(s.database))),
              samples())
          .toList();

  private Workloads() {}

  static Workload named(String name) {
    return ALL.stream()
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no workload " + name));
  }

  private static Consumer<Stage> edit(Consumer<FargateApp> change) {
    return stage -> stage.edit(change);
  }

  private static Consumer<FargateApp> webTwo() {
    return app -> app.getSpec().image = "web:2";
  }

  private static void everything(Stage stage) {
    stage.world.cluster.secret("keys", Map.of("api", "one"));
    stage.world.cluster.secret(
        "orders-login", Map.of("username", "root", "password", "Abcdefghijklmnop1"));
    stage.world.cluster.configMap("settings", Map.of("level", "high"));
    stage.applyFile(EVERYTHING.resolve("made.yaml"));
  }

  private static void withBadImage(Stage stage) {
    stage.world.aws.scriptedTasks().image("web:bad").exitsAfter(Duration.ofSeconds(5), 3);
    APP.accept(stage);
  }

  private static void badImage(Stage stage) {
    stage.edit(app -> app.getSpec().image = "web:bad");
  }

  private static void withSickImage(Stage stage) {
    stage.world.aws.scriptedTasks().image("web:sick").answers(500);
    APP.accept(stage);
  }

  private static void sickImage(Stage stage) {
    stage.edit(app -> app.getSpec().image = "web:sick");
  }

  /** Traffic moves to another target group with each rollout. */
  private static void withTwoColours(Stage stage) {
    stage.environment.getSpec().defaults.infrastructureRoleArn =
        "arn:aws:iam::123456789012:role/fargate-operator-infrastructure";
    stage.app.getSpec().rollout = new Rollout();
    stage.app.getSpec().rollout.strategy = RolloutStrategy.BLUE_GREEN;
    stage.app.getSpec().rollout.bakeTimeMinutes = 2;
    APP.accept(stage);
  }

  private static void changedByOthers(Stage stage) {
    stage.world.asPerson(() -> Person.changesTheApp(stage.world.person));
    // A sweep sees it, and the next one that it is put back.
    stage.world.run(Duration.ofMinutes(3));
  }

  /** What it asks for comes one after the other: a load balancer, then a Secret. */
  private static void wrongThenRight(Stage stage) {
    stage.edit(app -> app.getSpec().ingresses.get(0).loadBalancer = "none");
    stage.world.run(NEXT_LOOK);
    stage.secretVariable();
    stage.edit(app -> app.getSpec().ingresses.get(0).loadBalancer = "web");
    stage.world.run(NEXT_LOOK);
    stage.world.cluster.secret("keys", Map.of("api", "one"));
    stage.world.run(NEXT_LOOK);
  }

  private static void approve(Stage stage) {
    stage.app.getSpec().mode = Mode.PLAN;
    stage.edit(Workloads::otherPort);
    String plan = stage.plan(stage.app);
    stage.edit(app -> app.getSpec().approvedPlan = plan);
  }

  private static void withApprovedPlan(Stage stage) {
    stage.database.getSpec().mode = Mode.PLAN;
    withDatabase(stage);
    stage.approve(stage.database, stage.plan(stage.database));
  }

  private static void approveDeletion(Stage stage) {
    stage.delete(stage.database);
    stage.approve(stage.database, stage.plan(stage.database));
  }

  private static void otherPort(FargateApp app) {
    app.getSpec().ports.get(0).containerPort = 4000;
  }

  private static void withoutIngress(Stage stage) {
    stage.app.getSpec().ingresses.clear();
    APP.accept(stage);
  }

  private static void addIngress(Stage stage) {
    stage.edit(app -> app.getSpec().ingresses.addAll(stage.second.getSpec().ingresses));
  }

  private static void withDomain(Stage stage) {
    stage.environment.getSpec().privateDns = stage.domain;
    APP.accept(stage);
  }

  private static void privateName(FargateApp app) {
    app.getSpec().privateDns = new PrivateDns();
    app.getSpec().privateDns.name = "web";
  }

  private static void withZone(Stage stage) {
    PublicZone zone = new PublicZone();
    zone.domain = "example.com";
    zone.hostedZoneId = Stage.ZONE;
    stage.environment.getSpec().publicZones.add(zone);
    APP.accept(stage);
  }

  private static void publicName(FargateApp app) {
    app.getSpec().ingresses.get(0).hosts.add("app.example.com");
  }

  private static void withPublicName(Stage stage) {
    publicName(stage.app);
    withZone(stage);
  }

  private static Consumer<FargateApp> noHosts() {
    return app -> app.getSpec().ingresses.get(0).hosts.clear();
  }

  private static void withSecret(Stage stage) {
    stage.world.cluster.secret("keys", Map.of("api", "one"));
    stage.secretVariable();
    APP.accept(stage);
  }

  private static void newSecret(Stage stage) {
    stage.world.cluster.secret("keys", Map.of("api", "two"));
    stage.world.run(NEXT_LOOK);
  }

  private static void scaling(FargateApp app) {
    app.getSpec().autoscaling = new Autoscaling();
    app.getSpec().autoscaling.minReplicas = 1;
    app.getSpec().autoscaling.maxReplicas = 3;
    app.getSpec().autoscaling.cpuPercent = 50;
  }

  private static void withScaling(Stage stage) {
    scaling(stage.app);
    APP.accept(stage);
  }

  /** Autoscaling has set another number of tasks than the spec begins with. */
  private static void scaledOut(Stage stage) {
    scaling(stage.app);
    // There is no load: it would take the task back in the midst of the run.
    stage.app.getSpec().autoscaling.disableScaleIn = true;
    APP.accept(stage);
    stage.settle();
    stage.world.asPerson(() -> Person.does(FaultKind.PERSON_SCALES, stage.world.person));
  }

  private static void scalingOff(Stage stage) {
    stage.edit(app -> app.getSpec().autoscaling = null);
  }

  private static void deleteEarly(Stage stage) {
    stage.apply(stage.app);
    stage.world.run(Duration.ofSeconds(8));
    stage.delete(stage.app);
  }

  private static void deleteAndCreate(Stage stage) {
    stage.delete(stage.app);
    stage.world.runUntil(Duration.ofHours(1), () -> stage.gone(stage.app));
    stage.apply(stage.app);
  }

  private static void deleteAll(Stage stage) {
    stage.delete(stage.environment);
    stage.delete(stage.app);
  }

  private static void pauseAndResume(Stage stage) {
    stage.edit(app -> app.getSpec().mode = Mode.PAUSED);
    stage.world.run(Duration.ofSeconds(30));
    stage.edit(app -> app.getSpec().image = "web:2");
    stage.world.run(Duration.ofSeconds(70));
    stage.edit(app -> app.getSpec().mode = Mode.APPLY);
  }

  private static void withTheirLogs(Stage stage) {
    stage.world.asPerson(
        () ->
            stage.world.person.logs.createLogGroup(
                r ->
                    r.logGroupName("/fargate/acme/default/web")
                        .tags(Map.of(Ownership.ADOPT, "FargateApp/default/web"))));
    ENVIRONMENT.accept(stage);
  }

  private static void adopt(Stage stage) {
    stage.app.getSpec().adoption = Adoption.IF_TAGGED;
    stage.apply(stage.app);
  }

  private static void environmentGone(Stage stage) {
    stage.lose(stage.environment);
    stage.world.run(Duration.ofSeconds(90));
    stage.apply(stage.environment);
  }

  private static void withDatabase(Stage stage) {
    stage.environment.getSpec().privateDns = stage.domain;
    stage.apply(stage.environment, stage.database);
  }

  private static void backUp(Stage stage) {
    stage.annotate(stage.database, "fargate.dev/backup", "now");
    // AWS Backup takes its time, during which nothing is to be done.
    stage.world.run(Duration.ofMinutes(10));
  }

  private static void withBackup(Stage stage) {
    withDatabase(stage);
    stage.settle();
    backUp(stage);
  }

  /** Its directory is really there, as after a mount, so that AWS Backup finds it. */
  private static void withRealBackup(Stage stage) {
    withDatabase(stage);
    stage.settle();
    stage.world.aws.scriptedTasks().running().stream()
        .flatMap(task -> task.containers().stream())
        .flatMap(container -> container.mounts().stream())
        .forEach(mount -> mount.folder().get());
    backUp(stage);
    stage
        .world
        .aws
        .scriptedTasks()
        .image("mongo:7.0", DatabaseRestore.CONTAINER)
        .worksFor(Duration.ofSeconds(3), container -> 0);
  }

  private static void restore(Stage stage) {
    stage.database.getSpec().restore = new Restore();
    stage.database.getSpec().restore.recoveryPointArn =
        stage.world.cluster.objects().stream()
            .filter(FargateDatabase.class::isInstance)
            .map(object -> ((FargateDatabase) object).getStatus().backup.recoveryPoints.get(0).arn)
            .findFirst()
            .orElseThrow();
    stage.apply(stage.database);
    // AWS Backup takes its time, during which nothing is to be done.
    stage.world.run(Duration.ofMinutes(10));
  }

  private static Stream<Workload> samples() {
    try (Stream<Path> folders = Files.list(Stage.SAMPLES)) {
      return folders
          .filter(Files::isDirectory)
          .sorted()
          .map(
              folder ->
                  new Workload(
                      "sample-" + folder.getFileName(), NOTHING, stage -> stage.applyAll(folder)))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
