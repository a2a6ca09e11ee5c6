package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.status.ConditionType;
import dev.fargate.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why a revision does not get healthy, in plain words, through the whole line. */
class FirstCauseTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;

  @BeforeEach
  void anEnvironment() {
    faults.environment();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Condition rollout(Reason reason) {
    world.runUntil(
        reason.text() + " is told",
        LONG_ENOUGH,
        () ->
            faults
                .condition(ConditionType.ROLLOUT_HEALTHY)
                .filter(c -> reason.text().equals(c.getReason()))
                .isPresent());
    Condition told = faults.condition(ConditionType.ROLLOUT_HEALTHY).orElseThrow();
    assertThat(told.getStatus()).isEqualTo("False");
    assertThat(faults.condition(ConditionType.READY))
        .hasValueSatisfying(ready -> assertThat(ready.getReason()).isEqualTo(reason.text()));
    return told;
  }

  @Test
  void anAnswerOf500NamesPathPortAndCode() {
    faults.script().answers(500);
    faults.apply();
    assertThat(rollout(Reason.HEALTH_CHECK_FAILED).getMessage())
        .startsWith("0 of 1 tasks of revision")
        .contains("are healthy")
        .contains("The health check on /healthz port 3000 answered 500, not 200.")
        .doesNotContain("143");
    assertThat(faults.condition(ConditionType.TARGETS_HEALTHY))
        .hasValueSatisfying(c -> assertThat(c.getMessage()).contains("answered 500"));
  }

  @Test
  void theAnswerOfTheHealthCheckIsStillToldWhenTheTargetIsGone() {
    faults.applyAndSettle();
    world.aws.scriptedTasks().image("web:2").answers(500);
    faults.app.getSpec().image = "web:2";
    faults.apply();
    world.runUntil(
        "ECS went back",
        LONG_ENOUGH,
        () ->
            faults
                .condition(ConditionType.STALLED)
                .filter(c -> c.getReason().equals("RolledBack"))
                .isPresent());
    world.run(Duration.ofMinutes(10));
    assertThat(faults.stored().getStatus().targets.problems).isEmpty();
    assertThat(faults.condition(ConditionType.STALLED))
        .hasValueSatisfying(
            c ->
                assertThat(c.getMessage())
                    .contains("The health check on /healthz port 3000 answered 500")
                    .doesNotContain("143"));
  }

  @Test
  void noAnswerInTimeSaysHowLongWasWaited() {
    faults.script().answersNothing();
    faults.apply();
    assertThat(rollout(Reason.HEALTH_CHECK_FAILED).getMessage())
        .contains("The health check on /healthz port 3000 got no answer within 5 s");
  }

  @Test
  void aPortThatNobodyListensOnIsNamed() {
    faults.app.getSpec().ingresses.get(0).healthCheck.port = 9;
    faults.apply();
    assertThat(rollout(Reason.HEALTH_CHECK_FAILED).getMessage())
        .contains(
            "The health check on /healthz port 9 was refused: nothing listens there, or it does"
                + " not speak HTTP.");
  }

  @Test
  void aContainerThatSpeaksOnlyTlsIsHealthyOnceItIsAskedByHttps() {
    faults.script().answersOnlyBy("HTTPS");
    faults.apply();
    assertThat(rollout(Reason.HEALTH_CHECK_FAILED).getMessage())
        .contains("/healthz port 3000 was refused", "does not speak HTTP.");
    faults.app.getSpec().ingresses.get(0).healthCheck.protocol = "HTTPS";
    faults.apply();
    faults.untilReady();
  }

  @Test
  void anExitCodeComesWithTheContainerAndItsLogGroup() {
    faults.script().exitsAfter(Duration.ofSeconds(5), 3);
    faults.apply();
    assertThat(rollout(Reason.CONTAINER_EXITED).getMessage())
        .contains("Container web exited with code 3.")
        .contains("log group /fargate/acme/default/web");
  }

  @Test
  void aProcessThatEndsWellIsAFailureOfAService() {
    faults.script().exitsAfter(Duration.ofSeconds(5), 0);
    faults.apply();
    assertThat(rollout(Reason.CONTAINER_EXITED).getMessage())
        .contains("exited with code 0, but a service's process has to keep running");
  }

  @Test
  void outOfMemoryNamesTheSizeAndTheField() {
    faults.script().runsOutOfMemoryAfter(Duration.ofSeconds(5));
    faults.apply();
    assertThat(rollout(Reason.OUT_OF_MEMORY).getMessage())
        .contains("used more memory than it has (the task: 512 MiB): raise spec.memoryMiB");
  }

  @Test
  void anImageThatIsNotThereIsNamedWithTheRegistrysText() {
    faults
        .script()
        .failsToPull(
            "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to"
                + " resolve ref docker.io/library/web:1: not found");
    faults.apply();
    assertThat(rollout(Reason.IMAGE_PULL_FAILED).getMessage())
        .contains("Image web:1 cannot be pulled")
        .contains("AWS: pull image manifest has been retried 1 time(s)")
        .contains("not found");
  }

  @Test
  void aRegistryThatCannotBeReachedIsASubnetWithoutAWayOut() {
    faults
        .script()
        .failsToPull(
            "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to"
                + " resolve ref docker.io/library/web:1: failed to do request: Head"
                + " \"https://registry-1.docker.io/v2/library/web/manifests/1\": dial tcp"
                + " 3.94.224.37:443: i/o timeout");
    faults.apply();
    assertThat(rollout(Reason.NO_WAY_OUT).getMessage())
        .contains("NAT gateway")
        .contains("spec.network.assignPublicIp")
        .contains("i/o timeout");
  }

  @Test
  void aSecretThatIsGoneIsNamed() {
    faults.secretOfOthers("arn:aws:secretsmanager:eu-central-1:123456789012:secret:gone-AbCdEf");
    faults.apply();
    assertThat(rollout(Reason.SECRET_UNAVAILABLE).getMessage())
        .contains("Secret arn:aws:secretsmanager:eu-central-1:123456789012:secret:gone-AbCdEf")
        .contains("does not exist");
  }

  @Test
  void aParameterThatIsGoneIsNamed() {
    faults.environment.getSpec().access.ssmParameterPrefixes = List.of("/team/");
    world.apply(faults.environment);
    faults.secretOfOthers(null);
    faults.app.getSpec().env.get(0).valueFrom.ssmParameterArn =
        "arn:aws:ssm:eu-central-1:123456789012:parameter/team/gone";
    faults.apply();
    assertThat(rollout(Reason.SECRET_UNAVAILABLE).getMessage())
        .contains("Parameter /team/gone")
        .contains("does not exist");
  }

  @Test
  void aSecretThatTheRoleMayNotReadNamesTheRoleAndItsField() {
    faults
        .script()
        .failsToPull(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution"
                + " resource retrieval failed: unable to retrieve secret from asm: service call has"
                + " been retried 1 time(s): failed to fetch secret"
                + " arn:aws:secretsmanager:eu-central-1:123456789012:secret:x-AbCdEf from secrets"
                + " manager: AccessDeniedException: not authorized to perform:"
                + " secretsmanager:GetSecretValue");
    faults.apply();
    assertThat(rollout(Reason.SECRET_UNAVAILABLE).getMessage())
        .contains("secret:x-AbCdEf may not be read by executionRoleArn (spec.defaults of")
        .contains("arn:aws:iam::123456789012:role/fargate-operator-task-execution");
  }

  @Test
  void noCapacityIsSaidToPass() {
    faults
        .script()
        .failsToPull(
            "Capacity is unavailable at this time. Please try again later or in a different"
                + " availability zone");
    faults.apply();
    assertThat(rollout(Reason.CAPACITY_UNAVAILABLE).getMessage())
        .contains("AWS has no Fargate capacity for this task now; ECS goes on trying.");
  }

  @Test
  void aRoleThatAwsDoesNotKnowNamesItsFieldAndNothingElseClaimsToGoOn() {
    faults.executionRole("arn:aws:iam::123456789012:role/nobody");
    faults.apply();
    world.runUntil(
        "it stalls", LONG_ENOUGH, () -> faults.condition(ConditionType.STALLED).isPresent());
    assertThat(faults.condition(ConditionType.STALLED))
        .hasValueSatisfying(
            c -> {
              assertThat(c.getReason()).isEqualTo("RoleUnusable");
              assertThat(c.getMessage())
                  .contains("spec.iam.executionRoleArn arn:aws:iam::123456789012:role/nobody")
                  .contains("Role is not valid");
            });
    assertThat(faults.condition(ConditionType.ROLLOUT_HEALTHY))
        .hasValueSatisfying(
            c -> {
              assertThat(c.getReason()).isEqualTo("RoleUnusable");
              assertThat(c.getMessage()).startsWith("It waits until this is solved: ");
            });
  }

  @Test
  void aRoleThatEcsMayNotAssumeNamesItsField() {
    faults
        .script()
        .failsToPull(
            "ECS was unable to assume the role"
                + " 'arn:aws:iam::123456789012:role/fargate-operator-task-execution' that was"
                + " provided for this task. Please verify that the role being passed has the proper"
                + " trust relationship and permissions and that your IAM user has permissions to"
                + " pass this role.");
    faults.apply();
    assertThat(rollout(Reason.ROLE_UNUSABLE).getMessage())
        .contains("executionRoleArn (spec.defaults of FargateEnvironment phoenix)")
        .contains("trust ecs-tasks.amazonaws.com");
  }

  @Test
  void whoLosesAClaimWaitsForItAndSaysSo() {
    faults.apply();
    world.runUntil("web is ready", LONG_ENOUGH, () -> world.ready("FargateApp", "web"));
    world.apply(faults.second("late"));
    world.runUntil(
        "the conflict is told",
        LONG_ENOUGH,
        () -> world.condition("FargateApp", "late", ConditionType.CONFLICT).isPresent());
    for (ConditionType type :
        new ConditionType[] {ConditionType.ROLLOUT_HEALTHY, ConditionType.TARGETS_HEALTHY}) {
      assertThat(world.condition("FargateApp", "late", type))
          .hasValueSatisfying(
              c -> {
                assertThat(c.getStatus()).isEqualTo("Unknown");
                assertThat(c.getReason()).isEqualTo("Conflict");
                assertThat(c.getMessage())
                    .startsWith("It waits until this is solved: ")
                    .contains("FargateApp/default/web");
              });
    }
  }
}
