package dev.fargate.operator.plan;

import static dev.fargate.operator.plan.Databases.OTHER_POINT;
import static dev.fargate.operator.plan.Databases.POINT;
import static dev.fargate.operator.plan.Databases.restoring;
import static dev.fargate.operator.plan.Scenes.only;
import static dev.fargate.operator.plan.Scenes.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fargate.api.v1alpha1.database.FargateDatabaseSpec;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.ObservedResource.Lifecycle;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.AccessPoint;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Restore;
import dev.fargate.operator.stack.Restore.Attempt;
import dev.fargate.operator.stack.Restore.Job;
import dev.fargate.operator.stack.Restore.Progress;
import dev.fargate.operator.stack.Restore.Stage;
import dev.fargate.operator.stack.Restore.Wish;
import dev.fargate.operator.stack.Service;
import dev.fargate.operator.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database's data is brought back: from how far AWS is to what is still to do (ADR 13). */
class PlannerRestoreTest {
  private static final Wish WISH = Databases.wish(POINT);
  private static final String COPIED = "AWS Backup to have copied the recovery point";
  private static final String STOPPED = "the task of the database to have stopped";
  private static final String MOVED = "the task that moves the data to have ended";

  private static final String POINT_STEP = "UPDATE AccessPoint/data";
  private static final String SERVICE_STEP = "UPDATE Service/service";

  private static final Attempt AT_WORK = new Attempt("arn:task/1", false, null);

  private final SimulatedAws aws = Databases.running();

  private static Attempt ended(Integer exitCode) {
    return new Attempt("arn:task/1", true, exitCode);
  }

  private static Progress progress(Wish wish, Stage stage, String job, List<Attempt> attempts) {
    return new Progress(
        stage,
        wish.token(),
        "job-1",
        null,
        wish.directory(),
        job == null ? null : new Job(job, wish.recoveryPointArn(), "2026", null, null, null),
        attempts);
  }

  private static Progress copying(String job) {
    return progress(WISH, Stage.COPYING, job, List.of());
  }

  private static Progress moving(Attempt... attempts) {
    return progress(WISH, Stage.MOVING, "COMPLETED", List.of(attempts));
  }

  private static Progress at(Wish wish, Stage stage) {
    return progress(wish, stage, null, List.of());
  }

  private static Plan plan(Observed observed, Consumer<FargateDatabaseSpec> change) {
    return Planner.plan(Databases.stack(change), observed, Apps.options());
  }

  /** The plan of the database that asks for {@link Databases#POINT}. */
  private Plan plan(Progress progress) {
    Databases.progress(aws, progress);
    return plan(aws.observed(), restoring(POINT));
  }

  /** The same while the service has no task. */
  private Plan stopped(Progress progress) {
    Databases.progress(aws, progress);
    Databases.toZero(aws);
    return plan(Databases.withTasks(aws.observed(), 0, 0), restoring(POINT));
  }

  private static Restore restore(Action action) {
    return ((AccessPoint) action.desired()).restore();
  }

  private static int tasks(Action action) {
    return ((Service) action.desired()).count().desired();
  }

  private static List<String> waits(Plan plan) {
    return plan.actions().stream().map(Action::waitingFor).toList();
  }

  @Test
  void withoutARecoveryPointNothingIsBroughtBack() {
    assertThat(plan(aws.observed(), spec -> {}).isEmpty()).isTrue();
  }

  @Test
  void theWholePathIsShownBeforeItBegins() {
    Plan plan = plan(aws.observed(), restoring(POINT));

    assertThat(steps(plan))
        .containsExactly(POINT_STEP, SERVICE_STEP, POINT_STEP, POINT_STEP, SERVICE_STEP);
    assertThat(waits(plan)).containsExactly(null, COPIED, COPIED, COPIED, COPIED);
    Action copy = plan.actions().get(0);
    assertThat(copy.changes())
        .extracting(FieldChange::before, FieldChange::after)
        .containsExactly(tuple(null, "copying " + POINT));
    assertThat(copy.reason())
        .contains("copies " + WISH.directory() + " of it")
        .contains("while the database runs");
    assertThat(tasks(plan.actions().get(1))).isZero();
    assertThat(plan.actions().get(1).reason())
        .isEqualTo("stops the database while its data is moved");
    assertThat(plan.actions().get(2).reason())
        .contains("interrupts the database")
        .endsWith("stays as " + WISH.directory() + ".before-...");
    assertThat(tasks(plan.actions().get(4))).isEqualTo(1);
  }

  @Test
  void eachStepComesAfterTheOneThatItNeeds() {
    List<Action> path = plan(aws.observed(), restoring(POINT)).actions();

    for (int i = 1; i < path.size(); i++) {
      List<String> earlier =
          i == 4
              ? List.of(path.get(3).actionId())
              : path.subList(0, i).stream().map(Action::actionId).toList();
      assertThat(path.get(i).after()).as("%s", path.get(i).actionId()).containsAll(earlier);
    }
  }

  @Test
  void awsBackupIsAskedForTheDirectoryOfTheWishAndTheTaskIsGivenOnlyToTheMove() {
    List<Action> path = plan(aws.observed(), restoring(POINT)).actions();

    Restore copy = restore(path.get(0));
    assertThat(copy.wish()).isEqualTo(WISH);
    assertThat(copy.mover()).isNull();
    assertThat(copy.progress())
        .isEqualTo(
            new Progress(
                Stage.COPYING, WISH.token(), null, null, WISH.directory(), null, List.of()));
    Restore move = restore(path.get(2));
    assertThat(move.wish()).isNull();
    assertThat(move.mover()).isNotNull();
    assertThat(move.progress().stage()).isEqualTo(Stage.MOVING);
    assertThat(move.progress().token()).isEqualTo(WISH.token());
    Restore end = restore(path.get(3));
    assertThat(end.mover()).isNull();
    assertThat(end.progress().stage()).isEqualTo(Stage.DONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PENDING", "RUNNING"})
  void whileAwsBackupCopiesNothingStopsTheDatabase(String job) {
    Plan plan = plan(copying(job.isEmpty() ? null : job));

    assertThat(steps(plan)).containsExactly(SERVICE_STEP, POINT_STEP, POINT_STEP, SERVICE_STEP);
    assertThat(waits(plan)).containsOnly(COPIED);
  }

  @Test
  void whatAwsBackupHasForgottenIsCopiedOnceMoreBeforeAnythingStops() {
    Plan plan =
        plan(
            new Progress(
                Stage.COPYING,
                WISH.token(),
                "job-1",
                null,
                WISH.directory(),
                Job.forgotten(),
                List.of()));

    assertThat(steps(plan))
        .containsExactly(POINT_STEP, SERVICE_STEP, POINT_STEP, POINT_STEP, SERVICE_STEP);
    assertThat(waits(plan)).containsExactly(null, COPIED, COPIED, COPIED, COPIED);
    assertThat(plan.actions().get(0).reason()).endsWith("it no longer knows job job-1");
  }

  @Test
  void onceItIsCopiedTheDatabaseStopsAndTheMoveWaitsForItsTask() {
    Plan plan = plan(copying("COMPLETED"));

    assertThat(steps(plan)).containsExactly(SERVICE_STEP, POINT_STEP, POINT_STEP, SERVICE_STEP);
    assertThat(waits(plan)).containsExactly(null, STOPPED, MOVED, MOVED);
    assertThat(plan.actions().get(1).changes())
        .extracting(FieldChange::before, FieldChange::after)
        .containsExactly(tuple("copying", "moved into its place"));
    assertThat(restore(plan.actions().get(1)).progress().jobId()).isEqualTo("job-1");
  }

  @Test
  void noTaskMovesDataWhileOneOfTheDatabaseRunsOrIsAboutTo() {
    Databases.progress(aws, copying("COMPLETED"));
    Databases.toZero(aws);
    Observed observed = aws.observed();

    for (Observed busy :
        List.of(Databases.withTasks(observed, 1, 0), Databases.withTasks(observed, 0, 1))) {
      Plan plan = plan(busy, restoring(POINT));
      assertThat(steps(plan)).containsExactly(POINT_STEP, POINT_STEP, SERVICE_STEP);
      assertThat(waits(plan)).containsExactly(STOPPED, MOVED, MOVED);
    }
    Plan free = plan(Databases.withTasks(observed, 0, 0), restoring(POINT));
    assertThat(waits(free)).containsExactly(null, MOVED, MOVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAILED", "ABORTED"})
  void whatAwsBackupCouldNotCopyEndsTheTryAndInterruptsNothing(String job) {
    Plan plan = plan(copying(job));

    assertThat(steps(plan)).containsExactly(POINT_STEP);
    assertThat(waits(plan)).containsOnlyNulls();
    assertThat(restore(plan.actions().get(0)).progress())
        .extracting(Progress::stage, Progress::outcome)
        .containsExactly(Stage.FAILED, Progress.JOB_FAILED);
  }

  @Test
  void aMoveThatHasBegunWithoutATaskIsGivenOne() {
    Plan plan = stopped(moving());

    assertThat(steps(plan)).containsExactly(POINT_STEP, POINT_STEP, SERVICE_STEP);
    assertThat(waits(plan)).containsExactly(null, MOVED, MOVED);
    assertThat(restore(plan.actions().get(0)).mover()).isNotNull();
  }

  @Test
  void whileATaskMovesTheDataAllThereIsToDoIsToWaitForIt() {
    for (Progress progress : List.of(moving(AT_WORK), moving(ended(null), AT_WORK, ended(137)))) {
      Plan plan = stopped(progress);

      assertThat(steps(plan)).containsExactly(POINT_STEP, SERVICE_STEP);
      assertThat(waits(plan)).containsExactly(MOVED, MOVED);
      assertThat(restore(plan.actions().get(0)).mover()).isNull();
    }
  }

  @Test
  void onceATaskHasMovedTheDataTheDatabaseComesBack() {
    for (Progress progress :
        List.of(moving(ended(0)), moving(ended(137), ended(0)), moving(ended(0), ended(null)))) {
      Plan plan = stopped(progress);

      assertThat(steps(plan)).containsExactly(POINT_STEP, SERVICE_STEP);
      assertThat(waits(plan)).containsOnlyNulls();
      assertThat(restore(plan.actions().get(0)).progress())
          .extracting(Progress::stage, Progress::outcome)
          .containsExactly(Stage.DONE, null);
      assertThat(tasks(plan.actions().get(1))).isEqualTo(1);
      assertThat(plan.actions().get(1).after()).contains(plan.actions().get(0).actionId());
    }
  }

  @Test
  void aTaskThatRefusesEndsTheTryWithItsExitCodeAndTheDatabaseComesBack() {
    Plan plan = stopped(moving(ended(65)));

    assertThat(steps(plan)).containsExactly(POINT_STEP, SERVICE_STEP);
    assertThat(waits(plan)).containsOnlyNulls();
    assertThat(restore(plan.actions().get(0)).progress())
        .extracting(Progress::stage, Progress::outcome)
        .containsExactly(Stage.FAILED, "65");
  }

  @ParameterizedTest
  @ValueSource(ints = {137, 143})
  void afterATaskThatWasKilledAnotherFindsOutHowFarItCame(int exitCode) {
    Plan plan = stopped(moving(ended(exitCode)));

    assertThat(steps(plan)).containsExactly(POINT_STEP, POINT_STEP, SERVICE_STEP);
    assertThat(waits(plan)).containsExactly(null, MOVED, MOVED);
  }

  @Test
  void aTaskThatNeverRanIsTriedThreeTimes() {
    Plan twice = stopped(moving(ended(null), ended(null)));
    assertThat(waits(twice)).containsExactly(null, MOVED, MOVED);

    Plan thrice = stopped(moving(ended(null), ended(null), ended(null)));
    assertThat(waits(thrice)).containsOnlyNulls();
    assertThat(restore(thrice.actions().get(0)).progress())
        .extracting(Progress::stage, Progress::outcome)
        .containsExactly(Stage.FAILED, Progress.NOT_STARTED);
  }

  @Test
  void ofWhichOneMayHaveMovedDataTheEndIsNotThatNoneWasStarted() {
    Plan plan = stopped(moving(ended(137), ended(null), ended(null)));
    assertThat(waits(plan)).as("another one finds out").containsExactly(null, MOVED, MOVED);

    Plan third = stopped(moving(ended(null), ended(null), AT_WORK));
    assertThat(waits(third)).as("the third may still run").containsExactly(MOVED, MOVED);
  }

  @Test
  void whatHasBegunToMoveIsBroughtToItsEndWhateverTheSpecSaysByThen() {
    Databases.progress(aws, moving());
    Databases.toZero(aws);
    Observed observed = Databases.withTasks(aws.observed(), 0, 0);

    for (Consumer<FargateDatabaseSpec> spec :
        List.<Consumer<FargateDatabaseSpec>>of(s -> {}, restoring(OTHER_POINT))) {
      Plan plan = plan(observed, spec);
      assertThat(steps(plan)).containsExactly(POINT_STEP, POINT_STEP, SERVICE_STEP);
      assertThat(restore(plan.actions().get(0)).progress().token()).isEqualTo(WISH.token());
      assertThat(restore(plan.actions().get(1)).progress().token()).isEqualTo(WISH.token());
    }
    Plan refused =
        Planner.plan(Databases.stack(restoring(POINT), "gone"), observed, Apps.options());
    assertThat(steps(refused)).containsExactly(POINT_STEP, POINT_STEP, SERVICE_STEP);
  }

  @ParameterizedTest
  @EnumSource(names = {"DONE", "FAILED"})
  void eachWishIsMetOnceAndAnotherBeginsAnew(Stage stage) {
    assertThat(plan(at(WISH, stage)).isEmpty()).isTrue();

    Plan other = plan(aws.observed(), restoring(OTHER_POINT));
    assertThat(steps(other))
        .containsExactly(POINT_STEP, SERVICE_STEP, POINT_STEP, POINT_STEP, SERVICE_STEP);
    assertThat(other.actions().get(0).changes())
        .extracting(FieldChange::after)
        .containsExactly("copying " + OTHER_POINT);
    assertThat(restore(other.actions().get(2)).progress().token())
        .isEqualTo(Databases.wish(OTHER_POINT).token());
    assertThat(plan(aws.observed(), spec -> {}).isEmpty()).as("the field may go").isTrue();
  }

  @Test
  void whatIsStillCopiedIsGivenUpForAnotherWishAndForNone() {
    Databases.progress(aws, copying("COMPLETED"));

    assertThat(plan(aws.observed(), spec -> {}).isEmpty()).isTrue();
    Plan other = plan(aws.observed(), restoring(OTHER_POINT));
    assertThat(waits(other)).containsExactly(null, COPIED, COPIED, COPIED, COPIED);
    assertThat(other.actions().get(0).changes())
        .extracting(FieldChange::before, FieldChange::after)
        .containsExactly(tuple("copying", "copying " + OTHER_POINT));
  }

  @Test
  void aRefusedRecoveryPointTouchesNothingOfADatabaseThatRuns() {
    Plan plan =
        Planner.plan(
            Databases.stack(restoring(POINT), "another's"), aws.observed(), Apps.options());
    assertThat(plan.isEmpty()).isTrue();
  }

  @Test
  void aFileSystemOfOthersIsNeverRestoredInto() {
    Consumer<FargateDatabaseSpec> theirs = spec -> spec.storage.efs.fileSystemId = "fs-1";
    SimulatedAws own = new SimulatedAws();
    PlannerConvergenceTest.converge(own, Databases.stack(theirs));
    assertThat(plan(own.observed(), theirs.andThen(restoring(POINT))).isEmpty()).isTrue();
  }

  @Test
  void anApprovedPathStaysApprovedToItsEndHoweverItEnds() {
    Set<String> approved = plan(aws.observed(), restoring(POINT)).actionIds();

    List<Progress> passes =
        List.of(
            copying(null),
            copying("RUNNING"),
            copying("COMPLETED"),
            copying("FAILED"),
            moving(),
            moving(AT_WORK),
            moving(ended(137)),
            moving(ended(0)),
            moving(ended(65)));
    for (Progress progress : passes) {
      assertThat(plan(progress).isSubsetOf(approved)).as("%s", progress).isTrue();
    }
    Databases.toZero(aws);
    for (Progress progress : passes) {
      assertThat(stopped(progress).isSubsetOf(approved)).as("%s", progress).isTrue();
    }
    Databases.progress(aws, null);
    Plan other = plan(aws.observed(), restoring(OTHER_POINT));
    assertThat(other.isSubsetOf(approved)).as("another recovery point is not").isFalse();
  }

  private void withoutService() {
    aws.resources.remove(aws.service());
    aws.settle();
  }

  @Test
  void aNewDatabaseDoesNotStartBeforeItsDataCanBeBroughtBack() {
    withoutService();
    aws.resources.removeAll(aws.of(Kind.ACCESS_POINT));
    Plan plan = plan(aws.observed(), restoring(POINT));

    assertThat(only(plan, Verb.CREATE, Kind.SERVICE).waitingFor())
        .isEqualTo("what spec.restore asks for, once AccessPoint/data is there");
    assertThat(((AccessPoint) only(plan, Verb.CREATE, Kind.ACCESS_POINT).desired()).restore())
        .as("made empty")
        .isNull();
    assertThat(plan.actions()).noneMatch(action -> action.verb() == Verb.UPDATE);
  }

  @Test
  void aDatabaseThatIsMadeAnewStartsOnlyWithTheRestoredData() {
    withoutService();
    Plan plan = plan(aws.observed(), restoring(POINT));

    assertThat(steps(plan))
        .containsExactly(POINT_STEP, POINT_STEP, POINT_STEP, "CREATE Service/service");
    assertThat(waits(plan)).containsExactly(null, COPIED, COPIED, COPIED);
    List<Action> path = plan.actions();
    for (int i = 1; i < path.size(); i++) {
      assertThat(path.get(i).after()).contains(path.get(i - 1).actionId());
    }
    Plan copied = plan(copying("COMPLETED"));
    assertThat(waits(copied)).containsExactly(null, MOVED, MOVED);
  }

  @Test
  void aDatabaseThatIsMadeAnewIsNotStartedEmptyAfterARefusalOrAFailure() {
    withoutService();
    Plan refused =
        Planner.plan(Databases.stack(restoring(POINT), "gone"), aws.observed(), Apps.options());
    assertThat(only(refused, Verb.CREATE, Kind.SERVICE).waitingFor())
        .isEqualTo("a recovery point that can be used (spec.restore)");

    assertThat(only(plan(at(WISH, Stage.FAILED)), Verb.CREATE, Kind.SERVICE).waitingFor())
        .isEqualTo("another try of what spec.restore asks for, or to leave it out");
    assertThat(only(plan(at(WISH, Stage.DONE)), Verb.CREATE, Kind.SERVICE).waitingFor()).isNull();
    Plan left = plan(aws.observed(), spec -> {});
    assertThat(only(left, Verb.CREATE, Kind.SERVICE).waitingFor()).isNull();
  }

  @Test
  void nothingIsMovedBeforeTheServiceOfTheSameNameIsGone() {
    Databases.progress(aws, moving());
    Databases.lifecycle(aws, Kind.SERVICE, Lifecycle.DELETING);
    Plan plan = plan(Databases.withTasks(aws.observed(), 1, 0), restoring(POINT));

    assertThat(plan.actions().stream().filter(a -> a.id().kind() == Kind.ACCESS_POINT).toList())
        .extracting(Action::waitingFor)
        .containsExactly("the earlier Service/service to be gone", MOVED);
  }

  @Test
  void theTaskThatMovesNeedsItsWayIntoTheFileSystem() {
    Databases.progress(aws, moving());
    Databases.toZero(aws);
    ObservedResource target = aws.of(Kind.MOUNT_TARGET).get(0);
    List<ObservedResource> without = new ArrayList<>(aws.resources);
    without.remove(target);
    without.removeAll(aws.of(Kind.SECURITY_GROUP_RULE));
    Observed now = Databases.withTasks(aws.observed(), 0, 0);
    Plan plan = plan(new Observed(without, Set.of(), List.of(), now.rollout()), restoring(POINT));
    Action move =
        plan.actions().stream()
            .filter(action -> action.id().kind() == Kind.ACCESS_POINT)
            .findFirst()
            .orElseThrow();
    assertThat(move.after())
        .contains(
            only(plan, Verb.CREATE, Kind.MOUNT_TARGET).actionId(),
            only(plan, Verb.CREATE, Kind.SECURITY_GROUP_RULE).actionId());
    assertThat(move.waitingFor()).isEqualTo("MountTarget/eu-central-1a to become active");

    Databases.lifecycle(aws, Kind.MOUNT_TARGET, Lifecycle.PENDING);
    Plan soon = plan(Databases.withTasks(aws.observed(), 0, 0), restoring(POINT));
    assertThat(waits(soon))
        .containsExactly("MountTarget/eu-central-1a to become active", MOVED, MOVED);
  }

  @Test
  void whatElseIsWantedComesWithTheSameInterruption() {
    Databases.progress(aws, copying("COMPLETED"));
    Plan plan = plan(aws.observed(), restoring(POINT).andThen(spec -> spec.image = "mongo:7.0.9"));

    List<Action> service =
        plan.actions().stream().filter(action -> action.id().kind() == Kind.SERVICE).toList();
    assertThat(service).hasSize(2);
    assertThat(service.get(0).changes()).extracting(FieldChange::field).containsExactly("count");
    assertThat(service.get(0).startsDeployment()).isFalse();
    assertThat(service.get(1).changes())
        .extracting(FieldChange::field)
        .containsExactlyInAnyOrder("count", "taskDefinitionArn");
  }

  @Test
  void nothingIsTakenAwayUnderATaskThatMovesData() {
    Databases.progress(aws, moving(AT_WORK));
    aws.resources.remove(aws.service());
    Stack gone = Stack.empty(Databases.OWNER);
    Plan plan = Planner.plan(gone, aws.observed(), Apps.options());
    for (Kind kind : List.of(Kind.ACCESS_POINT, Kind.MOUNT_TARGET)) {
      assertThat(only(plan, Verb.DELETE, kind).waitingFor()).isEqualTo(MOVED);
    }

    for (Progress progress : List.of(moving(ended(0)), moving(), at(WISH, Stage.DONE))) {
      Databases.progress(aws, progress);
      Plan after = Planner.plan(gone, aws.observed(), Apps.options());
      assertThat(only(after, Verb.DELETE, Kind.ACCESS_POINT).waitingFor()).isNull();
    }
  }
}
