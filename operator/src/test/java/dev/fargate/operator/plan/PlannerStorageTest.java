package dev.fargate.operator.plan;

import static dev.fargate.operator.plan.Scenes.only;
import static dev.fargate.operator.plan.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.database.Backup;
import dev.fargate.api.v1alpha1.database.EfsStorage;
import dev.fargate.api.v1alpha1.database.FargateDatabaseSpec;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.ObservedResource.Ownership;
import dev.fargate.operator.plan.PlanOptions.Deletion;
import dev.fargate.operator.stack.BackupSelection;
import dev.fargate.operator.stack.BackupVault;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.MountTarget;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.ResourceId;
import dev.fargate.operator.stack.Stack;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds a database's data: made before its task, and never deleted by an edit. */
class PlannerStorageTest {
  private static Consumer<FargateDatabaseSpec> backedUp(String role) {
    return spec -> {
      spec.backup = new Backup();
      spec.backup.schedule = "0 3 * * *";
      spec.backup.roleArn = role;
    };
  }

  private static final Consumer<FargateDatabaseSpec> BACKED_UP =
      backedUp("arn:aws:iam::123456789012:role/backup");

  private static SimulatedAws running(Consumer<FargateDatabaseSpec> change) {
    SimulatedAws aws = new SimulatedAws();
    PlannerConvergenceTest.converge(aws, Databases.stack(change));
    return aws;
  }

  private static Plan plan(SimulatedAws aws, Consumer<FargateDatabaseSpec> change) {
    return Planner.plan(Databases.stack(change), aws.observed(), Apps.options());
  }

  private static Plan delete(SimulatedAws aws, Deletion deletion) {
    return Planner.plan(Stack.empty(Databases.OWNER), aws.observed(), PlanOptions.of(deletion, 2));
  }

  private static ObservedResource one(SimulatedAws aws, Kind kind) {
    return aws.of(kind).get(0);
  }

  @Test
  void aNewDatabaseStartsOnceItsFileSystemCanBeMounted() {
    Plan plan = plan(new SimulatedAws(), spec -> {});

    Action service = only(plan, Verb.CREATE, Kind.SERVICE);
    assertThat(service.waitingFor()).isEqualTo("MountTarget/eu-central-1a to become active");
    assertThat(service.after()).contains(only(plan, Verb.CREATE, Kind.MOUNT_TARGET).actionId());
    assertThat(only(plan, Verb.CREATE, Kind.MOUNT_TARGET).waitingFor())
        .isEqualTo("FileSystem/data to become active");
    assertThat(service.losesData()).isFalse();
  }

  @Test
  void aDeploymentWaitsForAMountTargetThatIsBeingMade() {
    SimulatedAws aws = running(spec -> {});
    Databases.lifecycle(aws, Kind.MOUNT_TARGET, Lifecycle.PENDING);

    Plan plan = plan(aws, spec -> spec.image = "mongo:7.0.9");
    assertThat(only(plan, Verb.UPDATE, Kind.SERVICE).waitingFor())
        .isEqualTo("MountTarget/eu-central-1a to become active");
    assertThat(plan(aws, spec -> {}).isEmpty()).as("what runs runs on").isTrue();
  }

  @Test
  void anAccessPointThatIsMadeAnewIsMountedByANewRevision() {
    SimulatedAws aws = running(spec -> {});
    aws.remove(one(aws, Kind.ACCESS_POINT));
    Plan plan = plan(aws, spec -> {});
    assertThat(Scenes.steps(plan))
        .containsExactly(
            "CREATE AccessPoint/data",
            "CREATE TaskDefinition/tasks",
            "UPDATE Service/service",
            "DELETE TaskDefinition/tasks");
    assertThat(only(plan, Verb.DELETE, Kind.TASK_DEFINITION).waitingFor())
        .isEqualTo(Running.ROLLOUT);

    PlannerConvergenceTest.converge(aws, Databases.stack(spec -> {}));
    assertThat(aws.of(Kind.TASK_DEFINITION))
        .as("the one that mounts the old one goes")
        .singleElement()
        .extracting(
            it -> ((TaskDefinition) it.actual()).volumes().get(0).accessPointId().toString())
        .isEqualTo(one(aws, Kind.ACCESS_POINT).outputs().get(Output.ID));
  }

  @Test
  void anAccessPointThatWasNotReadIsTakenToBeTheSame() {
    SimulatedAws aws = running(spec -> {});
    Plan plan =
        Planner.plan(
            Databases.stack(spec -> {}),
            Scenes.unread(aws.observed(), Kind.ACCESS_POINT),
            Apps.options());
    assertThat(plan.actions()).isEmpty();
  }

  @Test
  void aMountTargetOfTheSameZoneServesWhoeverMadeIt() {
    SimulatedAws aws = running(spec -> {});
    ObservedResource ours = one(aws, Kind.MOUNT_TARGET);
    MountTarget was = (MountTarget) ours.actual();
    ObservedResource theirs =
        SimulatedAws.with(
            Scenes.with(ours, Ownership.FOREIGN, Lifecycle.ACTIVE),
            new MountTarget(
                new ResourceId(Kind.MOUNT_TARGET, "?"),
                was.fileSystemId(),
                was.zone(),
                "subnet-of-theirs",
                was.securityGroups()),
            Map.of());
    aws.replace(ours, theirs);
    assertThat(plan(aws, spec -> {}).isEmpty()).isTrue();
  }

  @Test
  void withAFileSystemADeploymentLosesNoDataAndWithoutOneItDoes() {
    Action stored =
        only(
            plan(running(spec -> {}), spec -> spec.image = "mongo:7.0.9"),
            Verb.UPDATE,
            Kind.SERVICE);
    assertThat(stored.losesData()).isFalse();

    Consumer<FargateDatabaseSpec> ephemeral = spec -> spec.storage = null;
    SimulatedAws aws = running(ephemeral);
    Plan plan = plan(aws, ephemeral.andThen(spec -> spec.image = "mongo:7.0.9"));
    assertThat(only(plan, Verb.UPDATE, Kind.SERVICE).losesData()).isTrue();
    Plan tagged = plan(aws, ephemeral.andThen(spec -> spec.tags.put("team", "a")));
    assertThat(only(tagged, Verb.UPDATE, Kind.SERVICE).losesData()).as("no deployment").isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"FILE_SYSTEM", "ACCESS_POINT", "BACKUP_VAULT"})
  void noEditOfTheSpecDeletesWhatHoldsData(Kind kind) {
    SimulatedAws aws = running(BACKED_UP);
    Consumer<FargateDatabaseSpec> elsewhere =
        spec -> {
          spec.storage.efs = new EfsStorage();
          spec.storage.efs.fileSystemId = "fs-theirs";
        };
    Plan plan = plan(aws, elsewhere);

    assertThat(plan.kept()).extracting(kept -> kept.actual().id().kind()).contains(kind);
    assertThat(plan.actions())
        .noneMatch(action -> action.verb() == Verb.DELETE && action.id().kind() == kind);
    assertThat(steps(plan)).contains("DELETE BackupSelection/data", "DELETE BackupPlan/data");
  }

  @Test
  void deletingWithItsDataGoesBackwardsAndSaysWhatIsLost() {
    SimulatedAws aws = running(BACKED_UP);
    aws.carryOut(delete(aws, Deletion.DELETE));
    aws.settle();
    Plan plan = delete(aws, Deletion.DELETE);

    assertThat(only(plan, Verb.DELETE, Kind.FILE_SYSTEM).losesData()).isTrue();
    assertThat(only(plan, Verb.DELETE, Kind.FILE_SYSTEM).after())
        .contains(
            only(plan, Verb.DELETE, Kind.MOUNT_TARGET).actionId(),
            only(plan, Verb.DELETE, Kind.ACCESS_POINT).actionId());
    for (Action needsInterfaces :
        plan.actions().stream()
            .filter(
                action ->
                    action.id().kind() == Kind.FILE_SYSTEM
                        || action.id().kind() == Kind.SECURITY_GROUP)
            .toList()) {
      assertThat(needsInterfaces.waitingFor()).isEqualTo("the mount targets to be gone");
    }
    assertThat(only(plan, Verb.DELETE, Kind.MOUNT_TARGET).waitingFor()).isNull();
    PlannerConvergenceTest.converge(aws, Stack.empty(Databases.OWNER));
    assertThat(aws.resources).isEmpty();
  }

  @Test
  void aVaultGoesWithWhatIsInItAndSaysHowMuchThatIs() {
    SimulatedAws aws = running(BACKED_UP);
    ObservedResource vault = one(aws, Kind.BACKUP_VAULT);
    BackupVault was = (BackupVault) vault.actual();
    assertThat(only(delete(aws, Deletion.DELETE), Verb.DELETE, Kind.BACKUP_VAULT).reason())
        .isNull();

    BackupVault.Point point = new BackupVault.Point("arn:point", "COMPLETED", "2026", null, 1);
    for (List<BackupVault.Point> points : List.of(List.<BackupVault.Point>of(), List.of(point))) {
      ObservedResource now = one(aws, Kind.BACKUP_VAULT);
      BackupVault.State state = new BackupVault.State(points, List.of());
      aws.replace(
          now,
          SimulatedAws.with(now, new BackupVault(was.id(), was.name(), null, state), now.tags()));
      Action delete = only(delete(aws, Deletion.DELETE), Verb.DELETE, Kind.BACKUP_VAULT);
      assertThat(delete.losesData()).isTrue();
      assertThat(delete.reason())
          .isEqualTo(points.isEmpty() ? null : "deletes the 1 recovery points in it first");
      assertThat(delete.waitingFor()).as("needs nothing of the service").isNull();
    }
  }

  @Test
  void whatHoldsDataStaysWithADatabasesRetainAndTheRestGoes() {
    SimulatedAws aws = running(BACKED_UP);
    Plan plan = delete(aws, Deletion.RETAIN_DATA);

    assertThat(plan.kept())
        .extracting(kept -> kept.actual().id().kind())
        .containsExactlyInAnyOrder(
            Kind.SECRET, Kind.FILE_SYSTEM, Kind.ACCESS_POINT, Kind.BACKUP_VAULT);
    assertThat(steps(plan)).contains("DELETE Service/service", "DELETE MountTarget/eu-central-1a");
    assertThat(only(plan, Verb.DELETE, Kind.SERVICE).losesData()).isFalse();
  }

  @Test
  void withoutStorageTheDatabasesServiceTakesItsDataAlong() {
    SimulatedAws aws = running(spec -> spec.storage = null);
    assertThat(only(delete(aws, Deletion.DELETE), Verb.DELETE, Kind.SERVICE).losesData()).isTrue();
  }

  /** AWS changes no selection: another role is another one, and no scheduled time is missed. */
  @Test
  void theNextSelectionIsThereBeforeTheOldOneGoes() {
    SimulatedAws aws = running(BACKED_UP);
    Plan plan = plan(aws, backedUp("arn:aws:iam::123456789012:role/other"));

    Action delete = only(plan, Verb.DELETE, Kind.BACKUP_SELECTION);
    assertThat(steps(plan))
        .containsExactly("CREATE BackupSelection/data", "DELETE BackupSelection/data");
    assertThat(delete.after())
        .containsExactly(only(plan, Verb.CREATE, Kind.BACKUP_SELECTION).actionId());
    assertThat(delete.waitingFor()).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"BACKUP_SELECTION", "MOUNT_TARGET"})
  void ofWhatAwsTakesOneOnlyTheNextIsMadeOnceTheFirstIsGone(Kind kind) {
    SimulatedAws aws = running(BACKED_UP);
    Databases.lifecycle(aws, kind, Lifecycle.DELETING);
    Plan plan = plan(aws, BACKED_UP);

    Action create = only(plan, Verb.CREATE, kind);
    assertThat(create.waitingFor()).isEqualTo("the earlier " + create.id() + " to be gone");
    assertThat(create.after()).contains(only(plan, Verb.DELETE, kind).actionId());
  }

  @Test
  void whatOthersStillUseIsNotDeletedBeforeTheyAreGone() {
    SimulatedAws aws = running(spec -> {});
    ResourceId credentials = one(aws, Kind.SECRET).actual().id();
    Plan plan =
        Planner.plan(
            Stack.empty(Databases.OWNER),
            aws.observed(),
            Apps.options().withUsers(Map.of(credentials, "FargateApp/default/web")));

    assertThat(only(plan, Verb.DELETE, Kind.SECRET).waitingFor())
        .isEqualTo("FargateApp/default/web to use it no more");
  }

  @Test
  void aDatabaseAtNoTaskThatEcsHasGivenUpOnIsStartedAfresh() {
    SimulatedAws aws = running(spec -> {});
    Databases.toZero(aws);
    Observed healthy = Databases.withTasks(aws.observed(), 0, 0);
    Action plain =
        only(
            Planner.plan(Databases.stack(spec -> {}), healthy, Apps.options()),
            Verb.UPDATE,
            Kind.SERVICE);
    assertThat(plain.touches("restartToken")).isFalse();

    Rollout.Deployment now = healthy.rollout().deployments().get(0);
    Rollout.Deployment failed =
        new Rollout.Deployment(
            now.id(),
            now.status(),
            now.taskDefinitionArn(),
            null,
            0,
            0,
            0,
            3,
            "FAILED",
            null,
            now.createdAt(),
            now.updatedAt());
    Observed stuck =
        new Observed(
            healthy.resources(),
            healthy.unknownKinds(),
            healthy.listeners(),
            new Rollout("ACTIVE", 0, 0, 0, List.of(failed), List.of(), List.of(), List.of()));
    Action afresh =
        only(
            Planner.plan(Databases.stack(spec -> {}), stuck, Apps.options()),
            Verb.UPDATE,
            Kind.SERVICE);
    assertThat(afresh.startsDeployment()).isTrue();
    assertThat(afresh.touches("restartToken")).isTrue();
  }

  @Test
  void whereTheNextSelectionHasTheSameNameTheOldOneGoesFirst() {
    SimulatedAws aws = running(BACKED_UP);
    ObservedResource there = one(aws, Kind.BACKUP_SELECTION);
    BackupSelection was = (BackupSelection) there.actual();
    aws.replace(
        there,
        SimulatedAws.with(
            there,
            new BackupSelection(
                was.id(), was.name(), was.planId(), was.roleArn(), Value.known("arn:efs:other")),
            there.tags()));
    Plan plan = plan(aws, BACKED_UP);

    assertThat(steps(plan))
        .containsExactly("DELETE BackupSelection/data", "CREATE BackupSelection/data");
    assertThat(plan.actions().get(0).after()).isEmpty();
  }
}
