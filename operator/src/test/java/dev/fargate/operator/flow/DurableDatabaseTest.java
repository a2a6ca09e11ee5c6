package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.tasks.scripted.ScriptedTasks;
import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Reason;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.efs.model.AccessPointDescription;
import software.amazon.awssdk.services.efs.model.FileSystemDescription;

/** A database whose data outlives its task, its object and its cluster, in virtual time. */
class DurableDatabaseTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(30);
  private static final String NAME = "phoenix-db";

  private final VirtualWorld world = new VirtualWorld();
  private final Leftovers account = new Leftovers(world.aws);
  private final ScriptedTasks tasks = world.aws.scriptedTasks();
  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
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

  private void start() {
    world.apply(environment, database);
    untilReady();
  }

  private void allow(String fileSystem) {
    environment.getSpec().access.fileSystemIds = List.of(fileSystem);
  }

  private void untilReady() {
    world.run(Duration.ofSeconds(5));
    world.runUntil("it is ready", LONG_ENOUGH, () -> world.ready("FargateDatabase", NAME));
  }

  private void delete() {
    world.delete("FargateDatabase", NAME);
    world.runUntil("it is gone", LONG_ENOUGH, () -> !world.exists("FargateDatabase", NAME));
  }

  private List<FileSystemDescription> fileSystems() {
    return account.efs.describeFileSystems().fileSystems();
  }

  private String password() {
    return account
        .secrets
        .getSecretValue(r -> r.secretId("fargate/acme/default/phoenix-db/database/credentials"))
        .secretString();
  }

  private List<String> groupsLetIn() {
    String group =
        account.ec2.describeSecurityGroups().securityGroups().stream()
            .filter(each -> each.description().startsWith("Storage of FargateDatabase/"))
            .findFirst()
            .orElseThrow()
            .groupId();
    return account
        .ec2
        .describeSecurityGroupRules(r -> r.filters(f -> f.name("group-id").values(group)))
        .securityGroupRules()
        .stream()
        .filter(rule -> !rule.isEgress())
        .map(rule -> rule.fromPort() + " " + rule.referencedGroupInfo().groupId())
        .toList();
  }

  @Test
  void itsDataLiesInADirectoryOfItsOwnThatOnlyItsTaskReaches() {
    start();
    FileSystemDescription system = fileSystems().get(0);
    assertThat(fileSystems()).hasSize(1);
    assertThat(system.encrypted()).isTrue();
    assertThat(system.throughputModeAsString()).isEqualTo("elastic");
    assertThat(system.creationToken()).hasSizeLessThanOrEqualTo(64);
    assertThat(system.numberOfMountTargets()).isEqualTo(2);
    AccessPointDescription point = account.efs.describeAccessPoints(r -> {}).accessPoints().get(0);
    assertThat(point.posixUser().uid()).isEqualTo(999);
    assertThat(point.rootDirectory().path()).startsWith("/fargate/default-phoenix-db-");
    assertThat(groupsLetIn())
        .containsExactly("2049 " + world.database(NAME).getStatus().securityGroupId);

    TaskRuntime.Container container = tasks.running().get(0).containers().get(0);
    assertThat(container.mounts())
        .singleElement()
        .satisfies(
            mount -> {
              assertThat(mount.path()).isEqualTo("/data/db");
              assertThat(mount.place())
                  .isEqualTo(system.fileSystemId() + point.rootDirectory().path());
            });
    var definition =
        account
            .ecs
            .describeTaskDefinition(
                r -> r.taskDefinition(world.database(NAME).getStatus().desired.taskDefinitionArn))
            .taskDefinition();
    assertThat(definition.volumes().get(0).efsVolumeConfiguration().transitEncryptionAsString())
        .isEqualTo("ENABLED");
    assertThat(definition.containerDefinitions().get(0).user()).isEqualTo("999:999");
  }

  @Test
  void aTaskIsStartedOnlyOnceItCanMount() {
    start();
    assertThat(tasks.launches()).hasSize(1);
    assertThat(account.ecs.listTasks(r -> r.cluster("phoenix").desiredStatus("STOPPED")).taskArns())
        .isEmpty();
  }

  @Test
  void aSecondLookWritesNothing() {
    start();
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
    world.restartOperator();
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void underRetainAnotherClusterFindsFileSystemAndPasswordAgain() {
    database.getSpec().deletionPolicy = null;
    start();
    String password = password();
    FileSystemDescription before = fileSystems().get(0);
    delete();
    assertThat(account.all())
        .anyMatch(left -> left.startsWith("file system "))
        .anyMatch(left -> left.startsWith("access point "))
        .anyMatch(left -> left.startsWith("secret "))
        .noneMatch(left -> left.startsWith("mount target "))
        .noneMatch(left -> left.startsWith("service "))
        .noneMatch(left -> left.contains("security group default-phoenix-db"));
    assertThat(world.events)
        .anyMatch(
            note ->
                note.reason().equals(Reason.RETAINED.text())
                    && note.message().contains("FileSystem " + before.fileSystemId()));

    world.restartOperator();
    world.forgetCalls();
    world.apply(database);
    untilReady();
    assertThat(fileSystems())
        .singleElement()
        .satisfies(now -> assertThat(now.fileSystemId()).isEqualTo(before.fileSystemId()));
    assertThat(password()).isEqualTo(password);
    assertThat(world.awsWrites())
        .doesNotContain(
            "elasticfilesystem:CreateFileSystem",
            "elasticfilesystem:CreateAccessPoint",
            "secretsmanager:CreateSecret",
            "secretsmanager:PutSecretValue");
  }

  @Test
  void underDeleteNothingIsLeft() {
    start();
    assertThat(database.getSpec().deletionPolicy).isEqualTo(DeletionPolicy.DELETE);
    delete();
    assertThat(account.efs.describeAccessPoints(r -> {}).accessPoints()).isEmpty();
    assertThat(fileSystems()).isEmpty();
    assertThat(account.all()).noneMatch(left -> left.contains("phoenix-db"));
  }

  @Test
  void whatWasKeptIsNotReplacedByAnEmptyOneWithOtherSettings() {
    database.getSpec().deletionPolicy = null;
    start();
    delete();
    database.getSpec().storage.efs.encrypted = false;
    world.apply(database);
    world.run(Duration.ofMinutes(20));
    assertThat(fileSystems()).singleElement().matches(FileSystemDescription::encrypted);
    assertThat(world.condition("FargateDatabase", NAME, ConditionType.STALLED))
        .hasValueSatisfying(
            stalled ->
                assertThat(stalled.getMessage())
                    .startsWith("spec.storage.efs.encrypted: the file system fs-")
                    .contains("AWS cannot change"));
  }

  @Test
  void noEditOfASpecDeletesData() {
    database.getSpec().deletionPolicy = null;
    start();
    delete();
    database.getSpec().backup = null;
    database.getSpec().storage.efs = null;
    database.getSpec().storage.ephemeral = new dev.fargate.api.v1alpha1.database.EphemeralStorage();
    world.apply(database);
    untilReady();
    world.run(Duration.ofMinutes(10));
    assertThat(fileSystems()).hasSize(1);
    assertThat(account.efs.describeAccessPoints(r -> {}).accessPoints()).hasSize(1);
  }

  @Test
  void aFileSystemOfOthersIsUsedAndNeverChanged() {
    String theirs =
        account.efs.createFileSystem(r -> r.creationToken("of a platform team")).fileSystemId();
    world.aws.clock().advance(Duration.ofSeconds(10));
    var subnet =
        world.aws.world().subnets().stream()
            .filter(each -> each.availabilityZone().endsWith("a"))
            .findFirst()
            .orElseThrow();
    String group =
        account
            .ec2
            .createSecurityGroup(
                r -> r.groupName("nfs").description("open to all").vpcId(subnet.vpcId()))
            .groupId();
    account.ec2.authorizeSecurityGroupIngress(
        r ->
            r.groupId(group)
                .ipPermissions(
                    p ->
                        p.ipProtocol("tcp")
                            .fromPort(2049)
                            .toPort(2049)
                            .ipRanges(range -> range.cidrIp("10.0.0.0/16"))));
    String target =
        account
            .efs
            .createMountTarget(
                r -> r.fileSystemId(theirs).subnetId(subnet.id()).securityGroups(group))
            .mountTargetId();
    world.aws.clock().advance(Duration.ofMinutes(2));
    database.getSpec().backup = null;
    database.getSpec().storage.efs.fileSystemId = theirs;
    allow(theirs);
    start();
    assertThat(fileSystems()).hasSize(1);
    assertThat(fileSystems().get(0).numberOfMountTargets()).isEqualTo(2);
    assertThat(fileSystems().get(0).tags()).isEmpty();
    assertThat(
            account
                .efs
                .describeMountTargetSecurityGroups(r -> r.mountTargetId(target))
                .securityGroups())
        .containsExactly(group);
    world.run(Duration.ofMinutes(5));
    world.forgetCalls();
    world.restartOperator();
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();

    delete();
    assertThat(account.efs.describeMountTargets(r -> r.fileSystemId(theirs)).mountTargets())
        .singleElement()
        .satisfies(left -> assertThat(left.mountTargetId()).isEqualTo(target));
    assertThat(account.efs.describeAccessPoints(r -> {}).accessPoints()).isEmpty();
  }

  @Test
  void aFileSystemThatIsNotThereIsNamedByItsField() {
    database.getSpec().backup = null;
    database.getSpec().storage.efs.fileSystemId = "fs-0123456789abcdef0";
    allow("fs-0123456789abcdef0");
    world.apply(environment, database);
    world.run(Duration.ofMinutes(20));
    assertThat(world.condition("FargateDatabase", NAME, ConditionType.STALLED))
        .hasValueSatisfying(
            stalled ->
                assertThat(stalled.getMessage())
                    .isEqualTo(
                        "spec.storage.efs.fileSystemId: there is no file system"
                            + " fs-0123456789abcdef0."));
  }

  @Test
  void aMountTargetWhoseGroupsSomebodyChangedIsPutBack() {
    start();
    String target =
        account
            .efs
            .describeMountTargets(r -> r.fileSystemId(fileSystems().get(0).fileSystemId()))
            .mountTargets()
            .get(0)
            .mountTargetId();
    List<String> before =
        account
            .efs
            .describeMountTargetSecurityGroups(r -> r.mountTargetId(target))
            .securityGroups();
    account.efs.modifyMountTargetSecurityGroups(r -> r.mountTargetId(target));
    world.run(Duration.ofMinutes(5));
    assertThat(
            account
                .efs
                .describeMountTargetSecurityGroups(r -> r.mountTargetId(target))
                .securityGroups())
        .isEqualTo(before);
  }

  /** Nobody began to write into a directory before the one before had ended. */
  private void assertOneWriterAtATime(int writers) {
    List<ScriptedTasks.Writer> all = tasks.writers();
    assertThat(all).hasSize(writers);
    for (int i = 1; i < all.size(); i++) {
      Instant ended = all.get(i - 1).until();
      assertThat(ended).as("the end of writer %s", i).isNotNull();
      assertThat(all.get(i).from()).isAfterOrEqualTo(ended);
      assertThat(all.get(i).place()).isEqualTo(all.get(0).place());
    }
  }

  @Test
  void aNewTaskWritesOnlyOnceTheOldOneHasEndedThoughItTakesAllTheTimeItMay() {
    start();
    world.aws.startBesideStopping();
    tasks.task(tasks.running().get(0).taskArn()).stopsAfter(Duration.ofSeconds(119));
    database.getSpec().image = "mongo:7.0.1";
    world.apply(database);
    world.runUntil("both run", LONG_ENOUGH, () -> tasks.running().size() == 2);
    world.runUntil(
        "the new image serves",
        LONG_ENOUGH,
        () ->
            world.ready("FargateDatabase", NAME)
                && "mongo:7.0.1".equals(world.database(NAME).getStatus().serving.image));
    assertOneWriterAtATime(2);
  }

  @Test
  void aTaskThatCannotBeReachedKeepsTheDataUntilItHasReallyEnded() {
    start();
    String lost = tasks.running().get(0).taskArn();
    tasks.task(lost).cannotBeReached();
    database.getSpec().image = "mongo:7.0.1";
    world.apply(database);
    world.run(Duration.ofMinutes(10));
    assertThat(world.ready("FargateDatabase", NAME)).isFalse();
    assertThat(tasks.writers()).hasSize(1);

    tasks.exit(lost, "mongodb", 137);
    untilReady();
    assertOneWriterAtATime(2);
  }
}
