package dev.fargate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.plan.Observed;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.plan.Rollout.Deployment;
import dev.fargate.operator.plan.Rollout.Target;
import dev.fargate.operator.plan.Rollout.TaskFailure;
import dev.fargate.operator.status.RolloutHealth.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolloutHealthTest {
  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  private static final String ONE = "arn:aws:ecs:r:1:task-definition/web:1";
  private static final String TWO = "arn:aws:ecs:r:1:task-definition/web:2";
  private static final Duration DEADLINE = Duration.ofSeconds(900);

  private static Deployment deployment(
      String status, String revision, int desired, int running, String state) {
    return new Deployment(
        "ecs-svc/1", status, revision, "web", desired, running, 0, 0, state, null, START, START);
  }

  private static Rollout rollout(
      List<Target> targets, List<TaskFailure> failures, Deployment... deployments) {
    return new Rollout("ACTIVE", 2, 2, 0, List.of(deployments), targets, failures, List.of());
  }

  private static RolloutHealth judge(Rollout rollout, Set<String> failed, Instant now) {
    return RolloutHealth.of(
        new Observed(List.of(), Set.of(), List.of(), rollout),
        new RolloutHealth.Asked(
            TWO, failed, DEADLINE, TaskFields.of(null, null, "default"), List.of(), null),
        now);
  }

  @Test
  void aCompletedDeploymentOfTheRequestedRevisionIsHealthy() {
    var health =
        judge(
            rollout(List.of(), List.of(), deployment("PRIMARY", TWO, 2, 2, "COMPLETED")),
            Set.of(),
            START);
    assertThat(health.verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void aServiceThatLooksStableOnAnOldRevisionIsNotHealthy() {
    var health =
        judge(
            rollout(List.of(), List.of(), deployment("PRIMARY", ONE, 2, 2, "COMPLETED")),
            Set.of(),
            START);
    assertThat(health.verdict()).isEqualTo(Verdict.NOT_STARTED);
  }

  @Test
  void aRollbackNamesBothRevisionsAndTheCause() {
    TaskFailure exit =
        new TaskFailure(
            "t",
            TWO,
            "EssentialContainerExited",
            "Essential container in task exited",
            "web",
            1,
            null,
            START,
            Map.of());
    var health =
        judge(
            rollout(List.of(), List.of(exit), deployment("PRIMARY", ONE, 2, 2, "COMPLETED")),
            Set.of(TWO),
            START);
    assertThat(health.verdict()).isEqualTo(Verdict.ROLLED_BACK);
    assertThat(health.message())
        .contains("web:1")
        .contains("web:2")
        .contains("Container web exited with code 1");
  }

  @Test
  void aFirstDeploymentThatFailsIsFailed() {
    var health =
        judge(
            rollout(List.of(), List.of(), deployment("PRIMARY", TWO, 2, 0, "FAILED")),
            Set.of(),
            START);
    assertThat(health.verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void oldTasksStillRunningMeansNotDoneYet() {
    var health =
        judge(
            rollout(
                List.of(),
                List.of(),
                deployment("PRIMARY", TWO, 2, 2, "COMPLETED"),
                deployment("ACTIVE", ONE, 0, 1, "COMPLETED")),
            Set.of(),
            START);
    assertThat(health.verdict()).isEqualTo(Verdict.PROGRESSING);
    assertThat(health.message()).contains("1 of older revisions");
  }

  @Test
  void afterTheDeadlineTheFirstCauseIsNamed() {
    Target bad =
        new Target(
            "tg",
            "10.0.0.1",
            3000,
            "unhealthy",
            "Target.ResponseCodeMismatch",
            "Health checks failed with these codes: [500]");
    var health =
        judge(
            rollout(List.of(bad), List.of(), deployment("PRIMARY", TWO, 2, 1, "IN_PROGRESS")),
            Set.of(),
            START.plus(DEADLINE).plusSeconds(1));
    assertThat(health.verdict()).isEqualTo(Verdict.DEADLINE_EXCEEDED);
    assertThat(health.message()).contains("codes: [500]");
  }

  @Test
  void olderTasksThatOnlyEndMayTakeLongerThanTheDeadline() {
    Instant late = START.plus(DEADLINE).plusSeconds(1);
    Deployment wanted = deployment("PRIMARY", TWO, 1, 1, "IN_PROGRESS");

    var ending =
        judge(
            rollout(List.of(), List.of(), wanted, deployment("ACTIVE", ONE, 0, 0, "COMPLETED")),
            Set.of(),
            late);
    assertThat(ending.verdict()).isEqualTo(Verdict.PROGRESSING);
    assertThat(ending.message())
        .isEqualTo(
            "1 of 1 tasks of revision web:2 run, 0 of older revisions run; older tasks are"
                + " stopping.");

    var running =
        judge(
            rollout(List.of(), List.of(), wanted, deployment("ACTIVE", ONE, 0, 1, "COMPLETED")),
            Set.of(),
            late);
    assertThat(running.verdict()).isEqualTo(Verdict.DEADLINE_EXCEEDED);
  }

  @Test
  void beforeTheDeadlineItGoesOn() {
    var health =
        judge(
            rollout(List.of(), List.of(), deployment("PRIMARY", TWO, 2, 1, "IN_PROGRESS")),
            Set.of(),
            START.plus(DEADLINE).minusSeconds(1));
    assertThat(health.verdict()).isEqualTo(Verdict.PROGRESSING);
  }

  @Test
  void settingsThatWereTriedAndTakenBackAreARollbackThoughTheRevisionServes() {
    var health =
        judge(
            rollout(List.of(), List.of(), deployment("PRIMARY", TWO, 2, 2, "COMPLETED")),
            Set.of(),
            START);
    assertThat(health.givenUp().verdict()).isEqualTo(Verdict.ROLLED_BACK);
    assertThat(health.givenUp().message()).contains("rolled back");
  }
}
