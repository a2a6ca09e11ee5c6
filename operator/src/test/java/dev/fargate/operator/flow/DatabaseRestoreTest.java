package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.PlannedAction;
import dev.fargate.api.v1alpha1.database.Restore;
import dev.fargate.api.v1alpha1.database.RestoreStatus;
import dev.fargate.local.aws.call.Fault;
import dev.fargate.local.aws.tasks.TaskRuntime;
import dev.fargate.local.aws.tasks.scripted.ScriptedTasks;
import dev.fargate.local.aws.tasks.scripted.ShellWork;
import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.stack.Names;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.build.Ids;
import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Reason;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.efs.model.AccessPointDescription;

/**
 * A database's data brought back from a recovery point, in virtual time. The script that moves it
 * is the real one, run by this machine's shell on the folder that stands for the file system.
 */
class DatabaseRestoreTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(60);
  private static final String NAME = "phoenix-db";
  private static final Owner OWNER = new Owner("acme", "FargateDatabase", "default", NAME);

  private final VirtualWorld world = new VirtualWorld();
  private final Leftovers account = new Leftovers(world.aws);
  private final ScriptedTasks tasks = world.aws.scriptedTasks();
  private final ShellWork shell = new ShellWork();
  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
  private final FargateDatabase database = read("database.yaml", FargateDatabase.class);

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void movesForReal() {
    tasks.image("mongo:7.0", "restore").worksFor(Duration.ofSeconds(3), shell);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void start() {
    world.apply(environment, database);
    untilReady();
    write("storage.bson", "mongod was here");
  }

  private void untilReady() {
    world.run(Duration.ofSeconds(5));
    world.runUntil("it is ready", LONG_ENOUGH, () -> world.ready("FargateDatabase", NAME));
    world.run(Duration.ofMinutes(2));
  }

  private void delete() {
    world.delete("FargateDatabase", NAME);
    world.runUntil("it is gone", LONG_ENOUGH, () -> !world.exists("FargateDatabase", NAME));
  }

  private TaskRuntime.Container running() {
    return tasks.running().stream()
        .flatMap(task -> task.containers().stream())
        .filter(container -> container.name().equals("mongodb"))
        .findFirst()
        .orElseThrow();
  }

  /** Where the running database finds its data. */
  private Path data() {
    return running().mounts().get(0).folder().get();
  }

  private void write(String file, String content) {
    try {
      Files.writeString(data().resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String file) {
    try {
      return Files.readString(data().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All there is in the file system, but for what the test's shell has locked and marked. */
  private List<String> files() {
    Path root = data().getParent().getParent();
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(file -> !file.contains("/."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A recovery point of the data as it is now. */
  private String backUp(String value) {
    world.annotate("FargateDatabase", NAME, "fargate.dev/backup", value);
    world.run(Duration.ofMinutes(10));
    return world.database(NAME).getStatus().backup.recoveryPoints.get(0).arn;
  }

  private void ask(String recoveryPointArn) {
    if (world.exists("FargateDatabase", NAME)) {
      database.getMetadata().setAnnotations(world.database(NAME).getMetadata().getAnnotations());
    }
    database.getSpec().restore = new Restore();
    database.getSpec().restore.recoveryPointArn = recoveryPointArn;
  }

  private void restore(String recoveryPointArn) {
    ask(recoveryPointArn);
    world.apply(database);
    untilRestored(RestoreStatus.DONE);
  }

  private void untilRestored(String state) {
    world.run(Duration.ofSeconds(5));
    world.runUntil(
        "the restore is " + state,
        LONG_ENOUGH,
        () -> status() != null && state.equals(status().state));
    world.run(Duration.ofMinutes(5));
  }

  private RestoreStatus status() {
    return world.database(NAME).getStatus().restore;
  }

  private AccessPointDescription accessPoint() {
    return account.efs.describeAccessPoints(r -> {}).accessPoints().get(0);
  }

  private long calls(String name) {
    return world.awsWrites().stream().filter(name::equals).count();
  }

  private void assertStalled(Reason reason, String says) {
    assertThat(world.condition("FargateDatabase", NAME, ConditionType.STALLED))
        .hasValueSatisfying(
            stalled -> {
              assertThat(stalled.getReason()).isEqualTo(reason.text());
              assertThat(stalled.getMessage()).contains(says);
            });
  }

  @Test
  void theDataIsThatOfTheRecoveryPointAndWhatWasThereBeforeStaysBesideIt() {
    start();
    write("doc", "first");
    String point = backUp("one");
    write("doc", "second");
    write("later", "written after the backup");
    Path before = data();
    world.forgetCalls();

    restore(point);

    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
    assertThat(data()).isEqualTo(before);
    assertThat(read("doc")).isEqualTo("first");
    String directory = accessPoint().rootDirectory().path().substring(1);
    assertThat(files())
        .hasSize(5)
        .contains(directory + "/doc", directory + "/storage.bson")
        .filteredOn(file -> file.endsWith("/later"))
        .singleElement()
        .satisfies(file -> assertThat(file).startsWith(directory + ".before-"));
    assertThat(status().recoveryPointArn).isEqualTo(point);
    assertThat(world.events)
        .anyMatch(
            note ->
                note.reason().equals(Reason.RESTORED.text())
                    && note.message().contains(point)
                    && note.message().contains(directory + ".before-"));
    assertThat(calls("backup:StartRestoreJob")).isEqualTo(1);
    assertThat(calls("ecs:RunTask")).isEqualTo(1);
    assertThat(world.condition("FargateDatabase", NAME, ConditionType.STALLED)).isEmpty();
  }

  @Test
  void whileAwsBackupCopiesTheDatabaseRunsAndOnlyThenIsItInterrupted() {
    start();
    String point = backUp("one");
    ask(point);
    world.apply(database);
    world.runUntil(
        "it is copied", LONG_ENOUGH, () -> status() != null && status().state.equals("Copying"));
    world.run(Duration.ofMinutes(1));
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
    assertThat(world.database(NAME).getStatus().running).isEqualTo("1/1");
    assertThat(world.condition("FargateDatabase", NAME, ConditionType.RECONCILING))
        .hasValueSatisfying(
            goesOn -> {
              assertThat(goesOn.getReason()).isEqualTo(Reason.RESTORING.text());
              assertThat(goesOn.getMessage())
                  .contains("AWS Backup copies " + point)
                  .contains("the database runs");
            });

    world.runUntil("it is moved", LONG_ENOUGH, () -> status().state.equals("Moving"));
    assertThat(tasks.running())
        .noneMatch(task -> task.containers().get(0).name().equals("mongodb"));
    assertThat(world.ready("FargateDatabase", NAME)).isFalse();
    assertThat(world.condition("FargateDatabase", NAME, ConditionType.RECONCILING))
        .hasValueSatisfying(
            goesOn ->
                assertThat(goesOn.getMessage())
                    .contains("A task puts the data of " + point)
                    .contains("the database is stopped"));
    untilRestored(RestoreStatus.DONE);
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
  }

  @Test
  void whatElseIsWantedComesWithTheSameInterruption() {
    start();
    write("doc", "first");
    String point = backUp("one");
    write("doc", "second");
    world.forgetCalls();
    int before = tasks.launches().size();
    database.getSpec().cpu = 1024;
    database.getSpec().memoryMiB = 2048;
    restore(point);
    assertThat(read("doc")).isEqualTo("first");
    assertThat(tasks.launches().subList(before, tasks.launches().size()))
        .extracting(launch -> launch.containers().get(0).name() + " " + launch.cpuUnits())
        .containsExactly("restore 256", "mongodb 1024");
    assertThat(calls("ecs:UpdateService")).isEqualTo(2);
  }

  @Test
  void theTaskThatMovesHasNoRoleNoSecretAndOnlyThatFileSystem() {
    start();
    restore(backUp("one"));
    TaskRuntime.Container mover =
        tasks.launches().stream()
            .flatMap(launch -> launch.containers().stream())
            .filter(container -> container.name().equals("restore"))
            .findFirst()
            .orElseThrow();
    assertThat(mover.image()).isEqualTo("mongo:7.0");
    assertThat(mover.environment().keySet())
        .filteredOn(name -> !name.startsWith("AWS_"))
        .containsExactlyInAnyOrder(
            "RESTORE_FROM", "RESTORE_JOB", "RESTORE_SINCE", "RESTORE_TO", "RESTORE_TOKEN");
    assertThat(mover.mounts())
        .singleElement()
        .satisfies(
            mount ->
                assertThat(mount.place())
                    .isEqualTo(
                        account.efs.describeFileSystems().fileSystems().get(0).fileSystemId()
                            + "/"));
    assertThat(account.ecs.listTaskDefinitions(r -> {}).taskDefinitionArns())
        .as("what was registered for it is gone")
        .singleElement()
        .isEqualTo(world.database(NAME).getStatus().desired.taskDefinitionArn);
  }

  /** As a process does that was frozen in the middle of it. */
  private void registerTheMoverAgain() {
    account.ecs.registerTaskDefinition(
        r ->
            r.family(Names.readable(OWNER, Ids.MOVER))
                .tags(
                    tag(Ownership.OWNER_ID, OWNER.ownerId()),
                    tag(Ownership.RESOURCE_OF, OWNER.reference()),
                    tag(Ownership.RESOURCE_ID, Ids.MOVER.toString()))
                .requiresCompatibilities(Compatibility.FARGATE)
                .networkMode(NetworkMode.AWSVPC)
                .cpu("256")
                .memory("512")
                .containerDefinitions(c -> c.name("restore").image("mongo:7.0")));
    assertThat(account.ecs.listTaskDefinitions(r -> {}).taskDefinitionArns()).hasSize(2);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void aDefinitionThatAFrozenOperatorRegistersLateIsFoundByItsSuccessorAndGoes() {
    start();
    restore(backUp("one"));
    world.restartOperator();
    world.run(Duration.ofMinutes(1));
    registerTheMoverAgain();
    world.run(Duration.ofMinutes(10));
    assertThat(account.ecs.listTaskDefinitions(r -> {}).taskDefinitionArns())
        .containsExactly(world.database(NAME).getStatus().desired.taskDefinitionArn);
    world.forgetCalls();
    world.run(Duration.ofMinutes(30));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.aws.calls().named("ecs:ListTaskDefinitions")).as("once is enough").isEmpty();
  }

  @Test
  void aDefinitionThatAFrozenOperatorRegistersLateGoesWithTheDatabase() {
    database.getSpec().deletionPolicy = null;
    start();
    restore(backUp("one"));
    registerTheMoverAgain();
    delete();
    assertThat(account.ecs.listTaskDefinitions(r -> {}).taskDefinitionArns()).isEmpty();
  }

  @Test
  void aSecondLookWritesNothingAndAsksAwsBackupNothing() {
    start();
    restore(backUp("one"));
    world.forgetCalls();
    world.restartOperator();
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.statusWrites).isZero();
    assertThat(world.aws.calls().all())
        .extracting(call -> call.name())
        .doesNotContain("backup:DescribeRestoreJob", "backup:ListRecoveryPointsByResource");
  }

  @Test
  void itIsDoneOnceWhateverIsForgottenAndTheFieldMayGo() {
    start();
    write("doc", "first");
    String point = backUp("one");
    restore(point);
    write("doc", "third");
    world.database(NAME).setStatus(null);
    world.restartOperator();
    world.run(Duration.ofMinutes(10));
    assertThat(read("doc")).isEqualTo("third");
    assertThat(status().state).isEqualTo(RestoreStatus.DONE);
    assertThat(status().recoveryPointArn).isEqualTo(point);

    world.forgetCalls();
    database.getSpec().restore = null;
    world.apply(database);
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(read("doc")).isEqualTo("third");
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
  }

  @Test
  void anotherRecoveryPointIsAnotherRestoreAndTheFirstMayComeAgain() {
    start();
    write("doc", "first");
    String one = backUp("one");
    write("doc", "second");
    String two = backUp("two");
    assertThat(two).isNotEqualTo(one);
    write("doc", "third");
    restore(one);
    assertThat(read("doc")).isEqualTo("first");
    restore(two);
    assertThat(read("doc")).isEqualTo("second");
    restore(one);
    assertThat(read("doc")).isEqualTo("first");

    write("doc", "fourth");
    world.annotate("FargateDatabase", NAME, "fargate.dev/restore", "once more");
    world.run(Duration.ofMinutes(30));
    assertThat(read("doc")).isEqualTo("first");
    assertThat(files())
        .filteredOn(file -> file.contains(".before-") && file.endsWith("/doc"))
        .as("nothing is ever deleted")
        .hasSize(4);
    assertThat(world.events)
        .filteredOn(note -> note.reason().equals(Reason.RESTORED.text()))
        .extracting(
            note -> note.message().replaceFirst(".* is in /(\\S+) of the file system .*", "$1"))
        .as("each Event says where its data is")
        .doesNotHaveDuplicates()
        .hasSize(4)
        .allSatisfy(directory -> assertThat(files()).contains(directory + "/doc"));
  }

  @Test
  void whatAwsBackupHasForgottenWhileTheOperatorWasAwayIsCopiedOnceMore() {
    start();
    write("doc", "first");
    String point = backUp("one");
    write("doc", "second");
    ask(point);
    world.forgetCalls();
    world.apply(database);
    untilCopying();
    world.aws.forgetRestores();
    world.restartOperator();
    world.run(Duration.ofMinutes(10));
    assertThat(calls("backup:StartRestoreJob")).as("it may only not be shown yet").isEqualTo(1);
    List<String> told = new ArrayList<>();
    world.watch(
        object -> {
          if (object instanceof FargateDatabase seen && seen.getStatus() != null) {
            seen.getStatus().conditions.forEach(condition -> told.add(condition.getMessage()));
          }
        });
    untilRestored(RestoreStatus.DONE);
    assertThat(told)
        .anyMatch(
            message ->
                message.contains("AWS Backup no longer knows job")
                    && message.contains("Nothing has been moved: it is asked to copy once more"));
    assertThat(calls("backup:StartRestoreJob")).isEqualTo(2);
    assertThat(calls("ecs:RunTask")).isEqualTo(1);
    assertThat(read("doc")).isEqualTo("first");
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
  }

  @Test
  void whatAwsBackupHasForgottenWithItsRecoveryPointStallsAndTheDatabaseRunsOn() {
    start();
    String point = backUp("one");
    write("doc", "second");
    ask(point);
    world.forgetCalls();
    world.apply(database);
    untilCopying();
    world.aws.forgetRestores();
    String vault =
        account.backup.listBackupVaults(r -> {}).backupVaultList().get(0).backupVaultName();
    account.backup.deleteRecoveryPoint(r -> r.backupVaultName(vault).recoveryPointArn(point));
    world.run(Duration.ofMinutes(30));
    assertStalled(Reason.RESTORE_REFUSED, "no recovery point " + point);
    assertThat(calls("backup:StartRestoreJob")).isEqualTo(1);
    assertThat(calls("ecs:UpdateService")).isZero();
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
    assertThat(read("doc")).isEqualTo("second");
  }

  @Test
  void aJobThatIsNotShownAtFirstIsBegunOnce() {
    start();
    write("doc", "first");
    ask(backUp("one"));
    write("doc", "second");
    Fault notShown =
        world
            .aws
            .faults()
            .on("backup:DescribeRestoreJob")
            .fail("ResourceNotFoundException", "Cannot find restore job");
    world.forgetCalls();
    world.apply(database);
    world.run(Duration.ofMinutes(10));
    notShown.cancel();
    untilRestored(RestoreStatus.DONE);
    assertThat(read("doc")).isEqualTo("first");
    assertThat(calls("backup:StartRestoreJob")).isEqualTo(1);
  }

  private void untilCopying() {
    world.runUntil(
        "it is copied", LONG_ENOUGH, () -> status() != null && status().state.equals("Copying"));
  }

  private void assertUntouched(String doc) {
    assertThat(calls("backup:StartRestoreJob")).isZero();
    assertThat(calls("ecs:UpdateService")).isZero();
    assertThat(calls("ecs:RunTask")).isZero();
    assertThat(read("doc")).isEqualTo(doc);
    assertThat(files()).noneMatch(file -> file.contains("aws-backup-restore_"));
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
    assertThat(accessPoint().tags()).noneMatch(tag -> tag.key().equals(Ownership.RESTORE));
  }

  private void askInVain(String recoveryPointArn) {
    ask(recoveryPointArn);
    world.forgetCalls();
    world.apply(database);
    world.run(Duration.ofMinutes(10));
  }

  @Test
  void aRecoveryPointThatIsNotThereStallsAndNothingIsTouched() {
    start();
    write("doc", "first");
    backUp("one");
    askInVain("arn:aws:backup:eu-central-1:123456789012:recovery-point:0f0e0d0c-0b0a");
    assertStalled(Reason.RESTORE_REFUSED, "no recovery point arn:aws:backup:");
    assertUntouched("first");

    database.getSpec().restore = null;
    world.apply(database);
    world.run(Duration.ofMinutes(2));
    assertThat(world.condition("FargateDatabase", NAME, ConditionType.STALLED)).isEmpty();
  }

  /** A backup that somebody makes by hand of what they like, into this database's vault. */
  private String byHand(String resourceArn, Map<String, String> tags) {
    account.backup.startBackupJob(
        r ->
            r.backupVaultName(
                    account
                        .backup
                        .listBackupVaults(l -> {})
                        .backupVaultList()
                        .get(0)
                        .backupVaultName())
                .resourceArn(resourceArn)
                .iamRoleArn("arn:aws:iam::123456789012:role/fargate-operator-backup")
                .recoveryPointTags(tags));
    world.run(Duration.ofMinutes(10));
    return world.database(NAME).getStatus().backup.recoveryPoints.get(0).arn;
  }

  @Test
  void aRecoveryPointOfAnotherFileSystemStallsAndSaysWhatToDoInstead() {
    start();
    write("doc", "first");
    String theirs = account.efs.createFileSystem(r -> r.creationToken("theirs")).fileSystemArn();
    String point =
        byHand(
            theirs,
            Map.of(
                Ownership.OWNER_ID, "acme",
                Ownership.RESOURCE_OF, "FargateDatabase/default/phoenix-db"));
    askInVain(point);
    assertStalled(Reason.RESTORE_REFUSED, "storage.efs.fileSystemId");
    assertUntouched("first");
  }

  @Test
  void aRecoveryPointWhoseTagsNameAnotherIsRefused() {
    start();
    write("doc", "first");
    String own = account.efs.describeFileSystems().fileSystems().get(0).fileSystemArn();
    for (Map<String, String> tags :
        List.of(
            Map.<String, String>of(),
            Map.of(
                Ownership.OWNER_ID, "acme",
                Ownership.RESOURCE_OF, "FargateDatabase/other/phoenix-db"),
            Map.of(
                Ownership.OWNER_ID, "others",
                Ownership.RESOURCE_OF, "FargateDatabase/default/phoenix-db"))) {
      askInVain(byHand(own, tags));
      assertStalled(Reason.RESTORE_REFUSED, "do not say that it is this database's");
      assertUntouched("first");
    }
  }

  @Test
  void aDirectoryThatTheRecoveryPointDoesNotHaveFailsWithoutAnInterruption() {
    start();
    write("doc", "first");
    ask(backUp("one"));
    database.getSpec().restore.directory = "/fargate/nothing";
    world.forgetCalls();
    world.apply(database);
    untilRestored(RestoreStatus.FAILED);
    assertStalled(Reason.RESTORE_FAILED, "/fargate/nothing was not found in the recovery point");
    assertThat(calls("ecs:UpdateService")).isZero();
    assertThat(calls("ecs:RunTask")).isZero();
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
    assertThat(read("doc")).isEqualTo("first");
  }

  @Test
  void whatHoldsNoDatabaseIsNotMovedAndTheDatabaseRunsOnWithItsData() throws IOException {
    start();
    Files.delete(data().resolve("storage.bson"));
    write("doc", "no database");
    String point = backUp("one");
    write("storage.bson", "mongod was here");
    write("doc", "second");
    ask(point);
    world.apply(database);
    untilRestored(RestoreStatus.FAILED);
    assertStalled(Reason.RESTORE_FAILED, "there is no database in /fargate/");
    assertThat(shell.output()).singleElement().asString().contains("no storage.bson");
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
    assertThat(read("doc")).isEqualTo("second");
    assertThat(files()).noneMatch(file -> file.contains(".before-"));

    world.forgetCalls();
    world.restartOperator();
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
    assertStalled(Reason.RESTORE_FAILED, "there is no database in /fargate/");
  }

  @Test
  void aTaskThatCannotBeStartedEndsTheTryAndTheDatabaseRunsOnWithItsData() {
    start();
    write("doc", "second");
    ask(backUp("one"));
    tasks.image("mongo:7.0", "restore").failsToPull("CannotPullContainerError: not found");
    world.forgetCalls();
    world.apply(database);
    untilRestored(RestoreStatus.FAILED);
    assertStalled(Reason.RESTORE_FAILED, "ECS could not start the task");
    assertThat(calls("ecs:RunTask")).isEqualTo(3);
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
    assertThat(read("doc")).isEqualTo("second");
  }

  @Test
  void aTaskThatIsKilledBetweenItsTwoRenamesIsFollowedByOneThatFinishes() {
    start();
    write("doc", "first");
    String point = backUp("one");
    write("doc", "second");
    tasks
        .image("mongo:7.0", "restore")
        .worksFor(
            Duration.ofSeconds(3),
            container -> {
              Path root = container.mounts().get(0).folder().get();
              Path directory = root.resolve(container.environment().get("RESTORE_TO").substring(1));
              try {
                Files.move(
                    directory,
                    Path.of(directory + ".before-" + container.environment().get("RESTORE_TOKEN")));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              tasks.image("mongo:7.0", "restore").worksFor(Duration.ofSeconds(3), shell);
              return 137;
            });
    world.forgetCalls();
    restore(point);
    assertThat(read("doc")).isEqualTo("first");
    assertThat(calls("ecs:RunTask")).isEqualTo(2);
    assertThat(files())
        .filteredOn(file -> file.contains(".before-") && file.endsWith("/doc"))
        .hasSize(1);
  }

  @Test
  void whatHasBegunToMoveIsBroughtToItsEndThoughTheFieldIsGone() {
    start();
    write("doc", "first");
    ask(backUp("one"));
    write("doc", "second");
    world.apply(database);
    world.runUntil(
        "it is moved", LONG_ENOUGH, () -> status() != null && status().state.equals("Moving"));
    database.getSpec().restore = null;
    world.apply(database);
    world.restartOperator();
    untilRestored(RestoreStatus.DONE);
    assertThat(read("doc")).isEqualTo("first");
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
  }

  @Test
  void anOperatorThatIsKilledAgainAndAgainDoesItOnce() {
    start();
    write("doc", "first");
    ask(backUp("one"));
    write("doc", "second");
    world.forgetCalls();
    world.apply(database);
    for (int i = 0; i < 60; i++) {
      world.run(Duration.ofSeconds(7));
      world.restartOperator();
    }
    untilRestored(RestoreStatus.DONE);
    assertThat(read("doc")).isEqualTo("first");
    assertThat(calls("backup:StartRestoreJob")).isEqualTo(1);
    assertThat(calls("ecs:RunTask")).isEqualTo(1);
  }

  @Test
  void lostAnswersBeginNothingTwice() {
    start();
    write("doc", "first");
    ask(backUp("one"));
    write("doc", "second");
    world.aws.faults().on("backup:StartRestoreJob").times(1).loseResponse();
    world.aws.faults().on("ecs:RunTask").times(1).loseResponse();
    world.aws.faults().on("elasticfilesystem:TagResource").times(2).loseResponse();
    world.apply(database);
    untilRestored(RestoreStatus.DONE);
    assertThat(read("doc")).isEqualTo("first");
    assertThat(shell.output()).hasSize(1);
    assertThat(account.backup.listRestoreJobs(r -> {}).restoreJobs()).hasSize(1);
    assertThat(account.ecs.listTaskDefinitions(r -> {}).taskDefinitionArns()).hasSize(1);
  }

  @Test
  void aDatabaseThatEcsHasGivenUpOnIsStartedAfreshOnTheRestoredData() {
    database.getSpec().deletionPolicy = null;
    start();
    write("doc", "first");
    String point = backUp("one");
    write("doc", "broken");
    delete();
    tasks.image("mongo:7.0", "mongodb").exitsAfter(Duration.ofSeconds(2), 14);
    world.apply(database);
    world.runUntil(
        "ECS has given up",
        LONG_ENOUGH,
        () ->
            world
                .condition("FargateDatabase", NAME, ConditionType.STALLED)
                .filter(stalled -> stalled.getReason().equals(Reason.ROLLOUT_FAILED.text()))
                .isPresent());
    ask(point);
    world.apply(database);
    world.runUntil(
        "it is moved", LONG_ENOUGH, () -> status() != null && status().state.equals("Moving"));
    tasks.image("mongo:7.0", "mongodb").runs();
    untilReady();
    assertThat(read("doc")).isEqualTo("first");
  }

  @Test
  void whatWasPutAsideComesBackByABackupAndItsDirectory() {
    start();
    write("doc", "first");
    String point = backUp("one");
    write("doc", "second");
    restore(point);
    String aside =
        files().stream()
            .filter(file -> file.contains(".before-") && file.endsWith("/doc"))
            .findFirst()
            .orElseThrow()
            .replaceFirst("/doc$", "");
    ask(backUp("two"));
    database.getSpec().restore.directory = "/" + aside;
    world.apply(database);
    untilRestored(RestoreStatus.DONE);
    assertThat(read("doc")).isEqualTo("second");
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
  }

  @Test
  void aDatabaseThatIsMadeAnewStartsOnlyOnTheRestoredData() {
    database.getSpec().deletionPolicy = null;
    start();
    write("doc", "first");
    String point = backUp("one");
    write("doc", "second");
    delete();
    world.restartOperator();
    int before = tasks.launches().size();
    ask(point);
    world.apply(database);
    untilReady();
    assertThat(read("doc")).isEqualTo("first");
    assertThat(tasks.launches().subList(before, tasks.launches().size()))
        .extracting(launch -> launch.containers().get(0).name())
        .containsExactly("restore", "mongodb");
  }

  @Test
  void withoutARoleForAwsBackupItSaysWhereToNameOneAndTheDatabaseRunsOn() {
    start();
    write("doc", "first");
    String point = backUp("one");
    environment.getSpec().defaults.backupRoleArn = null;
    database.getSpec().backup = null;
    world.apply(environment);
    askInVain(point);
    assertStalled(Reason.RESTORE_REFUSED, "defaults.backupRoleArn of FargateEnvironment phoenix");
    assertUntouched("first");
  }

  @Test
  void aNewDatabaseWithAWrongRecoveryPointNeverStartsEmpty() {
    ask("arn:aws:backup:eu-central-1:123456789012:recovery-point:0f0e0d0c-0b0a");
    world.apply(environment, database);
    world.run(Duration.ofMinutes(20));
    assertStalled(Reason.RESTORE_REFUSED, "no recovery point arn:aws:backup:");
    assertThat(tasks.launches()).isEmpty();
    assertThat(world.ready("FargateDatabase", NAME)).isFalse();
  }

  @Test
  void aPlanTellsTheInterruptionAndWhereTheDataGoesAndPausedDoesNothing() {
    start();
    write("doc", "first");
    ask(backUp("one"));
    write("doc", "second");
    database.getSpec().mode = Mode.PAUSED;
    world.forgetCalls();
    world.apply(database);
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();

    database.getSpec().mode = Mode.PLAN;
    world.apply(database);
    world.run(Duration.ofMinutes(2));
    List<PlannedAction> actions = world.database(NAME).getStatus().plan.actions;
    assertThat(actions)
        .extracting(action -> action.resource)
        .containsExactly(
            "AccessPoint/data",
            "Service/service",
            "AccessPoint/data",
            "AccessPoint/data",
            "Service/service");
    assertThat(actions.get(2).why)
        .contains("interrupts the database")
        .contains("stays as /fargate/default-phoenix-db-")
        .contains(".before-");
    assertThat(world.awsWrites()).isEmpty();
    assertThat(read("doc")).isEqualTo("second");

    database.getSpec().approvedPlan = world.database(NAME).getStatus().plan.hash;
    world.apply(database);
    untilRestored(RestoreStatus.DONE);
    assertThat(read("doc")).isEqualTo("first");
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
  }

  @Test
  void anApprovedPlanThatFailsBringsTheDatabaseBackAsWell() throws IOException {
    start();
    Files.delete(data().resolve("storage.bson"));
    ask(backUp("one"));
    write("doc", "second");
    database.getSpec().mode = Mode.PLAN;
    world.apply(database);
    world.run(Duration.ofMinutes(2));
    database.getSpec().approvedPlan = world.database(NAME).getStatus().plan.hash;
    world.apply(database);
    untilRestored(RestoreStatus.FAILED);
    assertThat(read("doc")).isEqualTo("second");
    assertThat(world.ready("FargateDatabase", NAME)).isTrue();
  }

  @Test
  void aDeletionWhileItIsMovedWaitsForTheTaskAndLeavesNothing() {
    start();
    ask(backUp("one"));
    tasks.image("mongo:7.0", "restore").worksFor(Duration.ofMinutes(3), shell);
    world.apply(database);
    world.runUntil(
        "it is moved", LONG_ENOUGH, () -> status() != null && status().state.equals("Moving"));
    delete();
    assertThat(shell.output()).hasSize(1);
    assertThat(account.all()).noneMatch(left -> left.contains("phoenix-db"));
    assertThat(account.efs.describeFileSystems().fileSystems()).isEmpty();
  }
}
