package dev.fargate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.database.BackupStatus;
import dev.fargate.api.v1alpha1.database.RecoveryPointStatus;
import dev.fargate.api.v1alpha1.database.Restore;
import dev.fargate.api.v1alpha1.database.RestoreStatus;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.BackupJobState;
import software.amazon.awssdk.services.ecs.model.Task;

/** Phoenix in daily life, on real processes. One world for all; each test leaves it Ready. */
@Tag("any-kubernetes")
class PhoenixTest {
  private static final String DATABASE_NAME = "phoenix-db.phoenix.internal";
  private static final int DATABASE_PORT = 27017;
  private static final int CLIENTS = 4;
  private static final int RATE = 40;

  private static PhoenixWorld world;

  @BeforeAll
  static void start() {
    world = PhoenixWorld.ofProcesses().untilReady();
  }

  @AfterAll
  static void end() {
    if (world != null) {
      world.close();
    }
  }

  @Test
  void thePageAnswersAndTheDatabaseIsConnected() {
    Page page = world.page();
    assertThat(page.get("/").status()).isEqualTo(200);
    assertThat(page.get("/").body()).contains("/querylogs");
    world.until("the database is connected", () -> page.databaseState().equals("connected"));
    assertThat(page.get("/checkdbConn").body()).contains(DATABASE_NAME).contains("***");
  }

  @Test
  void theDatabasesNameResolvesInItsNetworkOnly() {
    Task task = world.account.tasks(world.databaseService()).get(0);
    String vpc = world.environment().getSpec().network.vpcId;
    assertThat(world.aws().registry().records(vpc))
        .containsEntry(DATABASE_NAME, List.of(Account.address(task)));
    assertThat(world.aws().registry().records("vpc-another")).isEmpty();
    assertThatThrownBy(() -> InetAddress.getByName(DATABASE_NAME))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void aCrashedTaskIsReplacedAndGetsNoRequestOnceItIsKnownDead() {
    world.edit(app -> PhoenixWorld.bounds(app, 2, 2));
    world.until("two tasks serve", () -> world.healthyTargets().size() == 2);
    Page page = world.page();
    List<String> before = world.healthyTargets();
    String dead = page.get("/crash").instance();
    assertThat(dead).isNotEmpty();
    world.until("its death is known", () -> !world.healthyTargets().containsAll(before));
    try (SteadyLoad load = new SteadyLoad(world.url(), CLIENTS, RATE)) {
      world.until(
          "another task has taken its place and answers",
          () ->
              world.healthyTargets().size() == 2
                  && !world.healthyTargets().equals(before)
                  && load.instances().size() == 2);
      load.close();
      assertThat(load.failures()).isEmpty();
      assertThat(load.instances()).doesNotContain(dead);
    }
    world.edit(app -> PhoenixWorld.bounds(app, 1, 1));
    world.until("one task serves", () -> world.healthyTargets().size() == 1);
    world.untilReady();
  }

  @Test
  void aKilledDatabaseIsStartedAgainAloneAndTheAppReconnects() {
    world.until(
        "the database is connected", () -> world.page().databaseState().equals("connected"));
    Page.Entry written = write("before-the-kill");
    ProcessHandle killed = world.databaseProcesses().get(0);
    List<Integer> atOnce = new ArrayList<>();
    killed.destroyForcibly();
    world.until(
        "another one runs and the app has found it",
        () -> {
          List<ProcessHandle> now = world.databaseProcesses();
          atOnce.add(now.size());
          return now.stream().anyMatch(process -> process.pid() != killed.pid())
              && world.page().get("/querylogs").status() == 200
              && world.page().databaseState().equals("connected");
        });
    assertThat(atOnce).allMatch(count -> count <= 1);
    assertThat(world.page().has(written)).isTrue();
    world.untilReady();
  }

  @Test
  void aDocumentOutlivesANewImageAndUnderRetainItsDatabaseObject() {
    Page.Entry written = write("before-the-image");
    world.editDatabase(
        database -> {
          database.getSpec().image = "mongo:7.0.1";
          database.getSpec().deletionPolicy = "Retain";
        });
    world.until(
        "the new image serves",
        () ->
            PhoenixWorld.isReady(world.database())
                && "mongo:7.0.1".equals(world.database().getStatus().serving.image));
    world.until("the document is read from the new image", () -> world.page().has(written));

    world.deleteDatabaseAndApplyItAgain();
    world.untilReady();
    world.until("the document is read from the same files", () -> world.page().has(written));
    world.editDatabase(database -> database.getSpec().deletionPolicy = "Delete");
    world.untilReady();
  }

  @Test
  void aBackupByAnnotationIsListedInTheStatusAndBringsTheDocumentBack() {
    Page.Entry written = write("before-the-backup");
    annotateDatabase("fargate.dev/backup");
    awaitBackup();
    annotateDatabase("fargate.dev/reconcile");
    world.until("its recovery point is listed", () -> recoveryPoints().size() == 1);
    RecoveryPointStatus point = recoveryPoints().get(0);
    assertThat(point.sizeBytes).isPositive();
    assertThat(world.database().getStatus().lastBackupTime).isEqualTo(point.time);
    assertThat(world.database().getStatus().backup.count).isEqualTo(1);

    Page.Entry later = write("after-the-backup");
    world.editDatabase(
        database -> {
          database.getSpec().restore = new Restore();
          database.getSpec().restore.recoveryPointArn = point.arn;
        });
    world.until(
        "the data is brought back",
        () -> {
          RestoreStatus restore = world.database().getStatus().restore;
          return restore != null && RestoreStatus.DONE.equals(restore.state);
        });
    world.untilReady();
    world.until("the document is read again", () -> world.page().has(written));
    assertThat(world.page().has(later)).isFalse();
    assertThat(world.events("phoenix-db")).anyMatch(event -> event.startsWith("Restored: "));
  }

  private static void annotateDatabase(String key) {
    world.editDatabase(
        database ->
            database.getMetadata().getAnnotations().put(key, String.valueOf(System.nanoTime())));
  }

  private static void awaitBackup() {
    try (BackupClient backup = world.account.client(BackupClient.builder())) {
      world.until(
          "AWS has made the backup",
          () ->
              backup.listBackupJobs(r -> {}).backupJobs().stream()
                  .anyMatch(job -> job.state() == BackupJobState.COMPLETED));
    }
  }

  private static List<RecoveryPointStatus> recoveryPoints() {
    BackupStatus backup = world.database().getStatus().backup;
    return backup == null ? List.of() : backup.recoveryPoints;
  }

  /** Every request is written into the database; returns the entry of this one. */
  private static Page.Entry write(String name) {
    String path = "/" + name + "-" + System.nanoTime();
    world.until(
        "a document is written",
        () -> {
          world.page().get(path);
          return world.page().logged(path).isPresent();
        });
    return world.page().logged(path).orElseThrow();
  }

  @Test
  void onlyTheLoadBalancerReachesTheAppAndOnlyTheAppItsDatabase() {
    FargateApp other = stranger();
    world.apply(other);
    world.until("the other app is Ready", () -> PhoenixWorld.isReady(stored(other)));
    End balancer = new End(Set.of(world.balancerGroup()), "10.0.0.9");
    End stranger = new End(Set.of(PhoenixWorld.group(stored(other))), "10.0.128.99");
    End app = end(world.account.tasks(world.service()).get(0));
    End database = end(world.account.tasks(world.databaseService()).get(0));
    int web = world.app().getSpec().ports.get(0).containerPort;

    assertThat(reaches(balancer, app, web)).isTrue();
    assertThat(reaches(app, database, DATABASE_PORT)).isTrue();

    assertThat(reaches(app, database, DATABASE_PORT + 1)).isFalse();
    assertThat(reaches(balancer, app, web + 1)).isFalse();
    assertThat(reaches(stranger, database, DATABASE_PORT)).isFalse();
    assertThat(reaches(balancer, database, DATABASE_PORT)).isFalse();
    assertThat(reaches(stranger, app, web)).isFalse();
    assertThat(reaches(database, app, web)).isFalse();
    assertThat(reaches(balancer, stranger, web)).isFalse();

    world.client().resource(other).delete();
    world.until("the other app is gone", () -> stored(other) == null);
  }

  /** An app that needs neither the load balancer nor the database. */
  private static FargateApp stranger() {
    FargateApp app = PhoenixWorld.sample("app.yaml", FargateApp.class);
    app.getMetadata().setName("stranger");
    app.getSpec().env.clear();
    app.getSpec().ingresses.clear();
    app.getSpec().alarms.clear();
    app.getSpec().autoscaling = null;
    app.getSpec().replicas = 0;
    return app;
  }

  private static FargateApp stored(FargateApp app) {
    return world.client().resource(app).get();
  }

  private record End(Set<String> groups, String ip) {}

  private static End end(Task task) {
    var network = world.aws().network().interfaceAt(Account.address(task)).orElseThrow();
    return new End(Set.copyOf(network.groups()), network.privateIp());
  }

  private static boolean reaches(End from, End to, int port) {
    return world.aws().network().reachable(from.groups, from.ip, to.groups, to.ip, "tcp", port);
  }
}
