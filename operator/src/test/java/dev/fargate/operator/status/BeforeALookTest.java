package dev.fargate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.api.v1alpha1.PlanStatus;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.operator.stack.build.Phoenix;
import dev.fargate.operator.validate.Problem;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a status says where a pass does not get as far as a look at AWS. */
class BeforeALookTest {
  private static final Instant LATER = Scene.NOW.plusSeconds(60);

  private static List<Condition> conditions(
      List<Condition> before, Instant now, Consumer<Conditions> judge) {
    Conditions conditions = new Conditions(before, 1L, now);
    judge.accept(conditions);
    return conditions.build();
  }

  private static List<String> told(Consumer<Conditions> judge) {
    return conditions(List.of(), Scene.NOW, judge).stream()
        .map(c -> c.getType() + " " + c.getStatus() + " " + c.getReason() + ": " + c.getMessage())
        .toList();
  }

  @Test
  void aSpecThatCannotBeCarriedOutIsToldWithEveryProblem() {
    List<Problem> problems = List.of(new Problem("spec.a", "is b"), new Problem("spec.c", "is d"));
    assertThat(told(c -> WorkConditions.invalid(c, problems)))
        .containsExactly(
            "Ready False InvalidSpec: spec.a: is b; spec.c: is d",
            "Stalled True InvalidSpec: spec.a: is b; spec.c: is d");
  }

  @Test
  void whatIsMissingIsWaitedForUntilItTakesTooLong() {
    assertThat(told(c -> WorkConditions.missing(c, Reason.ENVIRONMENT_MISSING, "no p", false)))
        .containsExactly(
            "Ready False EnvironmentMissing: no p",
            "Reconciling True EnvironmentMissing: no p",
            "ReferencesResolved False EnvironmentMissing: no p");
    assertThat(told(c -> WorkConditions.missing(c, Reason.ENVIRONMENT_MISSING, "no p", true)))
        .contains("Stalled True EnvironmentMissing: no p")
        .noneMatch(line -> line.startsWith("Reconciling"));
  }

  @Test
  void anotherThingThatIsMissingIsAnotherWait() {
    Consumer<Conditions> first =
        c -> WorkConditions.missing(c, Reason.ENVIRONMENT_MISSING, "no p", false);
    List<Condition> before = conditions(List.of(), Scene.NOW, first);
    assertThat(resolved(conditions(before, LATER, first))).isEqualTo(Scene.NOW.toString());
    assertThat(
            resolved(
                conditions(
                    before,
                    LATER,
                    c -> WorkConditions.missing(c, Reason.ENVIRONMENT_MISSING, "no q", false))))
        .isEqualTo(LATER.toString());
  }

  private static String resolved(List<Condition> conditions) {
    return Conditions.find(conditions, ConditionType.REFERENCES_RESOLVED)
        .orElseThrow()
        .getLastTransitionTime();
  }

  @Test
  void beforeTheFirstLookNothingIsKnown() {
    assertThat(told(c -> WorkConditions.notObserved(c, null)))
        .allMatch(line -> line.endsWith(Reason.NOT_OBSERVED.sentence()));
    assertThat(told(c -> WorkConditions.notObserved(c, "no credentials")))
        .containsExactly(
            "Ready Unknown NotObserved: AWS cannot be read: no credentials",
            "Reconciling True NotObserved: AWS cannot be read: no credentials",
            "Synced Unknown NotObserved: AWS cannot be read: no credentials");
    assertThat(told(c -> WorkConditions.stale(c, "for an hour")))
        .containsExactly(
            "Ready Unknown ObservationStale: for an hour",
            "Reconciling True ObservationStale: for an hour",
            "Synced Unknown ObservationStale: for an hour");
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"PLAN_PENDING", "PLAN_CHANGED"})
  void aDeletionThatWaitsForLeaveIsNotSynced(Reason reason) {
    assertThat(told(c -> WorkConditions.deleting(c, reason, "approve it")))
        .containsExactly(
            "Ready False Deleting: approve it",
            "Stalled True " + reason.text() + ": approve it",
            "Synced False " + reason.text() + ": approve it");
  }

  @Test
  void aDeletionIsHeldUpByWhatAPersonMustMendAndElseGoesOn() {
    assertThat(told(c -> WorkConditions.deleting(c, Reason.ACCESS_DENIED, "denied")))
        .containsExactly("Ready False Deleting: denied", "Stalled True AccessDenied: denied");
    assertThat(told(c -> WorkConditions.deleting(c, Reason.DELETING, "it goes")))
        .containsExactly("Ready False Deleting: it goes", "Reconciling True Deleting: it goes");
  }

  @Test
  void aBackupWithoutARoleIsToldWhateverElseGoesOn() {
    assertThat(told(c -> WorkConditions.noBackupRole(c, "name one")))
        .containsExactly("BackupHealthy False BackupRoleUnusable: name one");
  }

  @Test
  void anEnvironmentThatWasReadyIsNotDoubtedForACallThatFails() {
    Unread lately = Unread.of("503", Scene.NOW.minusSeconds(10), Scene.NOW);
    Unread long_ = Unread.of("503", Scene.NOW.minusSeconds(1000), Scene.NOW);
    assertThat(told(c -> EnvironmentConditions.unread(c, true, lately)))
        .containsExactly(
            "Ready True Available: Cluster, network and load balancers are there.",
            "Synced Unknown ObservationStale: AWS cannot be read: 503");
    assertThat(told(c -> EnvironmentConditions.unread(c, false, lately)))
        .containsExactly(
            "Ready False AwsUnavailable: 503",
            "Reconciling True AwsUnavailable: 503",
            "Synced Unknown ObservationStale: AWS cannot be read: 503");
    assertThat(told(c -> EnvironmentConditions.unread(c, true, long_)))
        .contains(
            "Ready Unknown ObservationStale: AWS could not be read since 2026-11-21T09:43:20Z:"
                + " 503");
  }

  // What was last seen

  @Test
  void whatWasLastSeenOfAnAppStays() {
    FargateApp app = Phoenix.app();
    app.setStatus(Scene.app().appStatus());
    app.getStatus().observedReconcile = "look-1";
    app.getStatus().conditions = List.of();
    FargateAppStatus kept = new AppStatus(app, LATER).keepLastSeen().build(LATER);
    assertThat(kept).usingRecursiveComparison().isEqualTo(app.getStatus());
    assertThat(kept.lastObservedTime).as("nothing new").isEqualTo(Scene.NOW.toString());
  }

  @Test
  void whatWasLastSeenOfADatabaseStays() {
    FargateDatabase database = Phoenix.database();
    database.setStatus(Scene.database().databaseStatus());
    database.getStatus().conditions = List.of();
    assertThat(new DatabaseStatus(database, LATER).keepLastSeen().build(LATER))
        .usingRecursiveComparison()
        .isEqualTo(database.getStatus());
  }

  @Test
  void whatWasPublishedOfAnEnvironmentStays() {
    EnvironmentScene scene = new EnvironmentScene();
    scene.then();
    FargateEnvironment environment = scene.environment;
    environment.getStatus().conditions = List.of();
    var kept =
        new EnvironmentStatus(environment, LATER)
            .keepLastSeen()
            .users(List.of("FargateApp/default/phoenix"))
            .build(LATER);
    assertThat(kept).usingRecursiveComparison().isEqualTo(environment.getStatus());
  }

  @Test
  void aStatusThatSaysSomethingElseHasANewTime() {
    FargateApp app = Phoenix.app();
    app.setStatus(Scene.app().appStatus());
    AppStatus draft = new AppStatus(app, LATER);
    draft.keepLastSeen().resources(List.of());
    draft.answered("look-2");
    PlanStatus plan = new PlanStatus();
    draft.plan(plan, null);
    FargateAppStatus status = draft.build(LATER);
    assertThat(status.lastObservedTime).isEqualTo(LATER.toString());
    assertThat(status.resources).isEmpty();
    assertThat(status.observedReconcile).isEqualTo("look-2");
    assertThat(status.plan).isSameAs(plan);
  }

  @Test
  void anEnvironmentNamesFiftyUsersAndCountsAll() {
    List<String> users =
        IntStream.range(0, 60).mapToObj(i -> "FargateApp/default/app" + i).toList();
    OwnedResource resource = new OwnedResource();
    var status =
        new EnvironmentStatus(new EnvironmentScene().environment, LATER)
            .users(users)
            .answered("look-3")
            .resources(List.of(resource))
            .build(LATER);
    assertThat(status.userCount).isEqualTo(60);
    assertThat(status.users).isEqualTo(users.subList(0, 50));
    assertThat(status.observedReconcile).isEqualTo("look-3");
    assertThat(status.resources).containsExactly(resource);
    assertThat(status.region).isEqualTo("eu-central-1");
  }
}
