package dev.fargate.operator.campaign;

import dev.fargate.api.v1alpha1.Adoption;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.app.Autoscaling;
import dev.fargate.api.v1alpha1.app.CanaryShare;
import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.PrivateDns;
import dev.fargate.api.v1alpha1.app.Rollout;
import dev.fargate.api.v1alpha1.app.RolloutStrategy;
import dev.fargate.api.v1alpha1.database.Restore;
import dev.fargate.api.v1alpha1.environment.PriorityAccess;
import dev.fargate.api.v1alpha1.environment.PublicZone;
import dev.fargate.api.v1alpha1.environment.SharedLogGroup;
import dev.fargate.operator.plan.diff.Differs;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.build.Annotations;
import dev.fargate.operator.stack.build.DatabaseRestore;
import io.fabric8.kubernetes.client.CustomResource;
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

  private static final Path BARE = Path.of("src/test/resources/campaign/bare");

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
                  new Workload("given-up", Workloads::withRolledBack, Workloads::applyAnew),
                  new Workload("blue-green", Workloads::withTwoColours, edit(webTwo())),
                  new Workload("other-strategy", Workloads::withTwoColours, Workloads::canary),
                  new Workload("other-rules", Workloads::withRules, Workloads::otherRules),
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
                  // A process that has read the names of others does not ask for them in vain.
                  new Workload(
                      "adopt-refused", Workloads::withTakenNames, Workloads::adoptLate, true),
                  new Workload("adopt-all", Workloads::withoutTags, Workloads::adoptAll),
                  new Workload("ignored", Workloads::withIgnored, Workloads::changedByTwo),
                  new Workload("environment-gone", APP, Workloads::environmentGone),
                  new Workload("two-claims", APP, s -> s.apply(s.second)),
                  new Workload("two-at-once", ENVIRONMENT, s -> s.apply(s.app, s.second), true),
                  new Workload("everything", NOTHING, Workloads::everything),
                  new Workload(
                      "everything-changed",
                      Workloads::everything,
                      s -> s.applyFile(EVERYTHING.resolve("changed.yaml"))),
                  // A rule in the database's group goes with the group, or before it with the app.
                  new Workload(
                      "everything-gone", Workloads::everything, Stage::deleteWorkloads, true),
                  new Workload("bare", NOTHING, Workloads::bare),
                  new Workload("backup-now", Workloads::withDatabase, Workloads::backUp),
                  new Workload("restore", Workloads::withRealBackup, Workloads::restore),
                  new Workload(
                      "delete-while-restoring",
                      Workloads::withRealBackup,
                      Workloads::restoreInVain),
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

  /** Of the annotation and the field that ask for a restart the newer one counts. */
  private static void bare(Stage stage) {
    stage.applyFile(BARE.resolve("made.yaml"));
    stage.settleReady();
    CustomResource<?, ?> asks = stage.world.cluster.object("FargateApp", "asks");
    stage.annotate(asks, Annotations.RESTARTED_AT, "2026-11-21T08:59:59Z");
    stage.settleReady();
    stage.applyFile(BARE.resolve("changed.yaml"));
    stage.settleReady();
    stage.annotate(asks, Annotations.RESTARTED_AT, "2026-11-21T09:00:01Z");
  }

  private static void withBadImage(Stage stage) {
    stage.world.aws.scriptedTasks().image("web:bad").exitsAfter(Duration.ofSeconds(5), 3);
    APP.accept(stage);
  }

  private static void badImage(Stage stage) {
    stage.edit(app -> app.getSpec().image = "web:bad");
  }

  private static void withRolledBack(Stage stage) {
    withBadImage(stage);
    stage.settle();
    badImage(stage);
  }

  /**
   * With the object the status is gone, which remembered what has failed: ECS has to be asked. What
   * needs no deployment is changed nevertheless.
   */
  private static void applyAnew(Stage stage) {
    stage.lose(stage.app);
    stage.world.runUntil(Duration.ofHours(1), () -> stage.gone(stage.app));
    stage.apply(stage.app);
    stage.settle();
    stage.edit(app -> app.getSpec().replicas = 2);
    stage.settle();
    stage.edit(webTwo());
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

  /**
   * New groups while the old ones move traffic; then another way to move it, in the midst of it.
   */
  private static void canary(Stage stage) {
    stage.edit(Workloads::otherPort);
    // How often the two groups have changed places must not depend on the fault.
    stage.untilReady(stage.app);
    stage.edit(webTwo());
    stage.world.run(Duration.ofSeconds(20));
    stage.edit(
        app -> {
          app.getSpec().rollout.strategy = RolloutStrategy.CANARY;
          app.getSpec().rollout.bakeTimeMinutes = null;
          app.getSpec().rollout.canary = new CanaryShare();
          app.getSpec().rollout.canary.percent = 10;
          app.getSpec().rollout.canary.bakeMinutes = 1;
        });
  }

  private static void withRules(Stage stage) {
    stage.environment.getSpec().access.rulePriorities = PriorityAccess.CHOSEN;
    List<Ingress> ingresses = stage.app.getSpec().ingresses;
    ingresses.get(0).hosts.add("a.example.com");
    ingresses.get(0).paths.add("/x/*");
    ingresses.add(ingress("wide", "*.example.com", null));
    ingresses.add(ingress("placed", "c.example.com", 100));
    APP.accept(stage);
  }

  private static Ingress ingress(String name, String host, Integer priorityBase) {
    Ingress ingress = new Ingress();
    ingress.name = name;
    ingress.loadBalancer = "web";
    ingress.hosts.add(host);
    ingress.priorityBase = priorityBase;
    return ingress;
  }

  /** Another app gets what this one leaves; and there is one place for two rules. */
  private static void otherRules(Stage stage) {
    List<Ingress> ingresses = stage.app.getSpec().ingresses;
    ingresses.get(0).hosts.set(0, "B.example.com");
    ingresses.get(0).paths.addAll(List.of("/longer/path/*", "*"));
    ingresses.get(1).hosts.set(0, "d.example.com");
    ingresses.get(2).priorityBase = 50_000;
    ingresses.add(ingress("last", "last.example.com", 50_000));
    stage.apply(stage.app);
    stage.second.getSpec().ingresses.get(0).hosts.add("a.example.com");
    stage.second.getSpec().ingresses.get(0).paths.add("/x/*");
    stage.apply(stage.second);
    stage.settle();
    stage.edit(app -> app.getSpec().ingresses.remove(3));
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

  private static void withTakenNames(Stage stage) {
    stage.asPerson(new Taken(stage.world.person)::environment);
    stage.environment.getSpec().privateDns = stage.domain;
    SharedLogGroup shared = new SharedLogGroup();
    shared.name = "shared";
    stage.environment.getSpec().logGroups.add(shared);
  }

  /** At first nothing may be taken over, then what is tagged, then all but what may never be. */
  private static void adoptLate(Stage stage) {
    Taken taken = new Taken(stage.world.person);
    for (String adoption : List.of(Adoption.NEVER, Adoption.IF_TAGGED, Adoption.ADOPT)) {
      stage.environment.getSpec().adoption = adoption;
      stage.apply(stage.environment);
      stage.settle();
    }
    stage.asPerson(taken::releaseEnvironment);
    stage.untilReady(stage.environment);
    stage.asPerson(taken::app);
    stage.secretVariable();
    stage.world.cluster.secret("keys", Map.of("api", "one"));
    privateName(stage.app);
    for (String adoption : List.of(Adoption.NEVER, Adoption.IF_TAGGED, Adoption.ADOPT)) {
      stage.edit(app -> app.getSpec().adoption = adoption);
      stage.settle();
    }
    stage.asPerson(taken::releaseApp);
    stage.edit(app -> app.getSpec().adoption = Adoption.IF_TAGGED);
    stage.untilReady(stage.app);
  }

  /**
   * All that an environment and an app have, as if somebody had made it all by hand and said whose
   * it is to be.
   */
  private static void withoutTags(Stage stage) {
    scaling(stage.app);
    stage.app.getSpec().autoscaling.disableScaleIn = true;
    privateName(stage.app);
    stage.environment.getSpec().privateDns = stage.domain;
    withSecret(stage);
    stage.settle();
    for (CustomResource<?, ?> object : List.of(stage.app, stage.environment)) {
      stage.lose(object);
      stage.world.runUntil(Duration.ofHours(1), () -> stage.gone(object));
    }
    stage.asPerson(() -> Untagged.all(stage.world.person));
    // The process knows the old tags.
    stage.world.restart();
  }

  private static void adoptAll(Stage stage) {
    stage.environment.getSpec().adoption = Adoption.IF_TAGGED;
    stage.app.getSpec().adoption = Adoption.IF_TAGGED;
    stage.apply(stage.environment, stage.app);
    stage.untilReady(stage.app);
  }

  /** Of each kind that may be left to others, with something beside it that may not. */
  private static void withIgnored(Stage stage) {
    scaling(stage.app);
    // There is no load: it would take the task back in the midst of the run.
    stage.app.getSpec().autoscaling.disableScaleIn = true;
    privateName(stage.app);
    stage.environment.getSpec().privateDns = stage.domain;
    stage.app.getSpec().ignore.addAll(Differs.ignorable());
    stage
        .app
        .getSpec()
        .ignore
        .removeAll(
            List.of(
                "Service.propagateTags",
                "Service.deployment.maxPercent",
                "TargetGroup.healthCheck.intervalSeconds"));
    APP.accept(stage);
  }

  /**
   * What is left to others stays, what is not is put back, and what is no more is put back then.
   */
  private static void changedByTwo(Stage stage) {
    stage.asPerson(() -> Person.changesWhatIsIgnored(stage.world.person));
    stage.world.run(Duration.ofMinutes(3));
    stage.app.getSpec().ingresses.get(0).healthCheck.intervalSeconds = 20;
    stage.edit(webTwo());
    stage.settle();
    stage.edit(app -> app.getSpec().ignore.clear());
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

  /** It is deleted while AWS Backup brings its data back. */
  private static void restoreInVain(Stage stage) {
    askForRestore(stage);
    stage.world.run(Duration.ofMinutes(2));
    stage.delete(stage.database);
  }

  private static void restore(Stage stage) {
    askForRestore(stage);
    // AWS Backup takes its time, during which nothing is to be done.
    stage.world.run(Duration.ofMinutes(10));
  }

  private static void askForRestore(Stage stage) {
    stage.database.getSpec().restore = new Restore();
    stage.database.getSpec().restore.recoveryPointArn =
        stage.world.cluster.objects().stream()
            .filter(FargateDatabase.class::isInstance)
            .map(object -> ((FargateDatabase) object).getStatus().backup.recoveryPoints.get(0).arn)
            .findFirst()
            .orElseThrow();
    stage.apply(stage.database);
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
