package dev.fargate.operator.properties;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fargate.api.v1alpha1.AlarmStatus;
import dev.fargate.api.v1alpha1.ApprovalStatus;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.api.v1alpha1.PlanStatus;
import dev.fargate.api.v1alpha1.PlannedAction;
import dev.fargate.api.v1alpha1.TaskFailure;
import dev.fargate.api.v1alpha1.WorkloadStatus;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.api.v1alpha1.app.TargetsStatus;
import dev.fargate.api.v1alpha1.app.UnhealthyTarget;
import dev.fargate.api.v1alpha1.database.FargateDatabaseStatus;
import dev.fargate.operator.stack.build.Place;
import dev.fargate.operator.status.Look;
import dev.fargate.operator.status.StatusDraft;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * A status that grows byte by byte loses what tells least, one list after the other, each when it
 * would be too long by one byte.
 */
class StatusCutTest {
  private static final int LIMIT = 62 * 1024;
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  /** A finished draft of what is given. */
  private static final class Draft<S extends WorkloadStatus> extends StatusDraft<S> {
    Draft(S before, S status) {
      super(new ObjectMetaBuilder().withGeneration(1L).build(), before, status, NOW);
    }

    @Override
    public boolean staysReady(Look look) {
      return false;
    }

    @Override
    protected void keepOwn() {}

    @Override
    protected void sawOwn(Look look, Place place) {}
  }

  private static <T> List<T> times(int count, Supplier<T> one) {
    return Collections.nCopies(count, one.get());
  }

  /** With a text that is never cut. */
  private static <S extends WorkloadStatus> S filled(S status, int padding) {
    status.recentFailures = times(10, TaskFailure::new);
    status.alarms = times(10, AlarmStatus::new);
    status.resources = times(60, OwnedResource::new);
    status.plan = new PlanStatus();
    status.plan.actions = times(50, PlannedAction::new);
    status.approval = new ApprovalStatus();
    status.approval.actions = List.of("x".repeat(padding));
    return status;
  }

  private static FargateAppStatus app(int padding) {
    FargateAppStatus status = filled(new FargateAppStatus(), padding);
    status.targets = new TargetsStatus();
    status.targets.problems = times(10, UnhealthyTarget::new);
    return new Draft<>(new FargateAppStatus(), status).build(NOW);
  }

  private static FargateDatabaseStatus database(int padding) {
    return new Draft<>(new FargateDatabaseStatus(), filled(new FargateDatabaseStatus(), padding))
        .build(NOW);
  }

  /** What is left at each size, from the last one at which nothing is cut. */
  private static List<String> steps(IntFunction<WorkloadStatus> status, int count)
      throws JsonProcessingException {
    List<String> steps = new ArrayList<>();
    int padding = 0;
    for (int i = 0; i < count; i++) {
      padding += LIMIT - size(status.apply(padding));
      WorkloadStatus atTheLimit = status.apply(padding);
      assertThat(size(atTheLimit)).isEqualTo(LIMIT);
      steps.add(left(atTheLimit));
      padding++;
    }
    assertThat(left(status.apply(padding)))
        .as("nothing more is cut")
        .isEqualTo(steps.get(count - 1));
    return steps;
  }

  private static String left(WorkloadStatus status) {
    return "failures %d, problems %d, actions %d%s, resources %d, alarms %d"
        .formatted(
            status.recentFailures.size(),
            status instanceof FargateAppStatus app ? app.targets.problems.size() : 0,
            status.plan.actions.size(),
            Boolean.TRUE.equals(status.plan.truncated) ? " of more" : "",
            status.resources.size(),
            status.alarms.size());
  }

  /** Of what is stored but for the time, which is not known when it is cut. */
  private static int size(WorkloadStatus status) throws JsonProcessingException {
    status.lastObservedTime = null;
    return ApiServer.JSON.writeValueAsBytes(status).length;
  }

  @Test
  void anAppsStatusLosesWhatTellsLeastFirst() throws JsonProcessingException {
    assertThat(steps(StatusCutTest::app, 9))
        .containsExactly(
            "failures 10, problems 10, actions 50, resources 60, alarms 10",
            "failures 3, problems 10, actions 50, resources 60, alarms 10",
            "failures 3, problems 3, actions 50, resources 60, alarms 10",
            "failures 3, problems 3, actions 20 of more, resources 60, alarms 10",
            "failures 3, problems 3, actions 20 of more, resources 30, alarms 10",
            "failures 1, problems 3, actions 20 of more, resources 30, alarms 10",
            "failures 1, problems 0, actions 20 of more, resources 30, alarms 10",
            "failures 1, problems 0, actions 0 of more, resources 30, alarms 10",
            "failures 1, problems 0, actions 0 of more, resources 30, alarms 3");
  }

  @Test
  void aDatabasesStatusHasNoTargetsToLose() throws JsonProcessingException {
    assertThat(steps(StatusCutTest::database, 7))
        .containsExactly(
            "failures 10, problems 0, actions 50, resources 60, alarms 10",
            "failures 3, problems 0, actions 50, resources 60, alarms 10",
            "failures 3, problems 0, actions 20 of more, resources 60, alarms 10",
            "failures 3, problems 0, actions 20 of more, resources 30, alarms 10",
            "failures 1, problems 0, actions 20 of more, resources 30, alarms 10",
            "failures 1, problems 0, actions 0 of more, resources 30, alarms 10",
            "failures 1, problems 0, actions 0 of more, resources 30, alarms 3");
  }

  @Test
  void aStatusWithLittleInItIsLeftAsItIs() {
    FargateAppStatus status = new FargateAppStatus();
    status.approval = new ApprovalStatus();
    status.approval.actions = List.of("x".repeat(LIMIT));
    status.recentFailures = times(1, TaskFailure::new);
    FargateAppStatus built = new Draft<>(new FargateAppStatus(), status).build(NOW);
    assertThat(built.recentFailures).hasSize(1);
    assertThat(built.approval.actions.get(0)).hasSize(LIMIT);
  }
}
