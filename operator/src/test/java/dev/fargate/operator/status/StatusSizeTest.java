package dev.fargate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.AlarmStatus;
import dev.fargate.api.v1alpha1.ApprovalStatus;
import dev.fargate.api.v1alpha1.OwnedResource;
import dev.fargate.api.v1alpha1.PlanStatus;
import dev.fargate.api.v1alpha1.PlannedAction;
import dev.fargate.api.v1alpha1.TaskFailure;
import dev.fargate.api.v1alpha1.app.DeploymentStatus;
import dev.fargate.api.v1alpha1.app.FailedRevision;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
import dev.fargate.api.v1alpha1.app.TargetsStatus;
import dev.fargate.api.v1alpha1.app.UnhealthyTarget;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A whole status stays under 64 KiB. */
class StatusSizeTest {
  private static final int KIB_64 = 64 * 1024;
  private static final String ARN = "arn:aws:ecs:eu-central-1:123456789012:task/" + "a".repeat(160);
  private static final String TEXT = "x".repeat(OneLine.LIMIT);

  private static <T> List<T> times(int count, Supplier<T> one) {
    return Collections.nCopies(count, one.get());
  }

  /** All lists as long as they get, all texts as long as they are let in. */
  private static FargateAppStatus fullest() {
    FargateAppStatus status = new FargateAppStatus();
    status.conditions =
        Stream.of(ConditionType.values())
            .map(
                type ->
                    new ConditionBuilder()
                        .withType(type.text())
                        .withStatus("False")
                        .withReason("ProgressDeadlineExceeded")
                        .withMessage(TEXT)
                        .build())
            .toList();
    TaskFailure failure = new TaskFailure();
    failure.taskArn = ARN;
    failure.message = TEXT;
    failure.reason = TEXT;
    failure.lastLogLine = "x".repeat(512);
    status.recentFailures = times(10, () -> failure);
    AlarmStatus alarm = new AlarmStatus();
    alarm.name = "a".repeat(63);
    alarm.reason = TEXT;
    status.alarms = times(10, () -> alarm);
    OwnedResource resource = new OwnedResource();
    resource.kind = "SecurityGroupRule";
    resource.arn = ARN;
    status.resources = times(60, () -> resource);
    PlannedAction action = new PlannedAction();
    action.id = "CREATE SecurityGroupRule/storage " + "a".repeat(60);
    action.changes = List.of("x".repeat(150));
    status.plan = new PlanStatus();
    status.plan.actions = times(50, () -> action);
    status.approval = new ApprovalStatus();
    status.approval.actions = times(100, () -> action.id);
    status.targets = new TargetsStatus();
    UnhealthyTarget problem = new UnhealthyTarget();
    problem.description = TEXT;
    status.targets.problems = times(10, () -> problem);
    DeploymentStatus deployment = new DeploymentStatus();
    deployment.reason = "x".repeat(200);
    status.deployments = times(5, () -> deployment);
    status.failed = new FailedRevision();
    status.failed.message = TEXT;
    status.urls = times(10, () -> "http://" + "h".repeat(253) + "/");
    return status;
  }

  @Test
  void theFullestStatusIsCutToLessThan64KiBAndItsConditionsStayWhole() {
    FargateAppStatus status = fullest();
    assertThat(StatusSize.bytes(status)).as("else nothing is tried here").isGreaterThan(KIB_64);
    StatusSize.fit(status);
    assertThat(StatusSize.bytes(status)).isLessThan(KIB_64);
    assertThat(status.conditions)
        .hasSize(ConditionType.values().length)
        .allSatisfy(condition -> assertThat(condition.getMessage()).hasSize(OneLine.LIMIT));
    assertThat(status.recentFailures).isNotEmpty();
    assertThat(status.resources).isNotEmpty();
    assertThat(status.approval.actions).as("it decides").hasSize(100);
    assertThat(status.plan.truncated).isTrue();
  }

  @Test
  void anOrdinaryStatusIsLeftAsItIs() {
    FargateAppStatus status = fullest();
    status.recentFailures = status.recentFailures.subList(0, 5);
    status.alarms = List.of();
    status.plan = null;
    status.targets.problems = List.of();
    StatusSize.fit(status);
    assertThat(status.recentFailures).hasSize(5);
    assertThat(status.resources).hasSize(60);
  }
}
