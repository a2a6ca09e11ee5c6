package dev.fargate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.call.Call;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plans of the campaign that stand for what went wrong elsewhere (CORRECTNESS B). */
class NothingLostTest {
  private static void endsAsUndisturbed(String plan) {
    assertThat(Run.replay(Plan.parse(plan))).as(plan).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create/ecs:CreateService#1/timeout-after-effect",
        "create/ecs:CreateService#1/connection-reset",
        "create/ecs:RegisterTaskDefinition#1/killed-after-effect",
        "create/elasticloadbalancing:CreateTargetGroup#1/killed-after-effect",
        "create/elasticloadbalancing:CreateRule#1/timeout-after-effect",
        "public-name/route53:ChangeResourceRecordSets#1/timeout-after-effect"
      })
  void anUnknownOutcomeOfACreateResolvesItselfWithoutASecondOne(String plan) {
    endsAsUndisturbed(plan);
  }

  /** Names alone would do, but not without an error that AWS answers to the second attempt. */
  @Test
  void everyAttemptToCreateAServiceCarriesTheSameToken() {
    Plan plan = Plan.parse("create/ecs:CreateService#1/timeout-after-effect");
    try (CampaignWorld world = new CampaignWorld(new Disturbance(plan))) {
      Stage stage = new Stage(world);
      world.disturbance.begin();
      stage.apply(stage.environment, stage.app);
      stage.settle();
      List<Call> attempts = world.aws.calls().named("ecs:CreateService");
      assertThat(attempts).hasSizeGreaterThan(1);
      assertThat(attempts)
          .extracting(attempt -> attempt.input().string("clientToken").orElse("none"))
          .doesNotContain("none")
          .containsOnly(attempts.get(0).input().string("clientToken").orElseThrow());
      assertThat(attempts)
          .extracting(Call::error)
          .as("none is refused")
          .isSubsetOf(Optional.of("(lost)"), Optional.empty());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete/ecs:DeleteService#1/killed-after-effect",
        "delete/elasticloadbalancing:DeleteTargetGroup#1/server-error",
        "delete/kube:patch-fargateapps#1/killed-before",
        "delete-while-creating/elasticloadbalancing:ModifyTargetGroupAttributes#1/server-error",
        "delete-while-creating/elasticloadbalancing:CreateTargetGroup#1/not-found-after-create"
      })
  void aDeletionThatIsInterruptedLeavesNothingAndLetsTheObjectGo(String plan) {
    endsAsUndisturbed(plan);
  }

  /** Secrets Manager and ECS tell late what has just been written, or what is gone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "new-secret/secretsmanager:GetSecretValue#3/stale-read",
        "delete-and-create/ecs:ListTaskDefinitions#34/stale-read",
        "restore/ecs:ListTasks#4/stale-read"
      })
  void anOldAnswerMakesNoSecondVersionAndNoDeadEnd(String plan) {
    endsAsUndisturbed(plan);
  }

  /** Informers list from the cache of an API server, which may lag behind another one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "scaling-on/application-autoscaling:RegisterScalableTarget#1/killed-old-list",
        "private-dns/servicediscovery:CreateService#1/killed-old-list",
        "public-name/kube:post-events#1/killed-old-list",
        "delete/ec2:RevokeSecurityGroupIngress#1/killed-old-list",
        "approve-plan/ecs:RegisterTaskDefinition#1/killed-old-list",
        "approve-deletion/backup:DeleteBackupSelection#1/killed-old-list"
      })
  void whoBeginsWithAnOldListTakesNothingBack(String plan) {
    endsAsUndisturbed(plan);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create/ecs:CreateCluster#1/not-found-after-create",
        "create/ec2:CreateSecurityGroup#2/not-found-after-create",
        "create/elasticloadbalancing:CreateTargetGroup#1/not-found-after-create",
        "create/ecs:CreateService#1/not-found-after-create"
      })
  void whatIsNotFoundRightAfterItsCreationIsNotCreatedAgain(String plan) {
    endsAsUndisturbed(plan);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new-image/watch:FargateApp#2/held",
        "new-image/watch:FargateApp#2/expired",
        "new-image/kube:patch-fargateapps-status#1/killed-old-list"
      })
  void anOldViewOfTheOwnObjectDoesNothingTwice(String plan) {
    endsAsUndisturbed(plan);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create/ecs:CreateService#1/frozen-after-effect",
        "create/elasticloadbalancing:CreateTargetGroup#1/frozen-before",
        "new-image/ecs:UpdateService#1/frozen-after-effect",
        "new-secret/secretsmanager:PutSecretValue#1/frozen-before"
      })
  void aLeaderThatWasFrozenAndItsSuccessorMakeNothingTwice(String plan) {
    endsAsUndisturbed(plan);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "approve-plan/elasticloadbalancing:CreateTargetGroup#1/killed-after-answer",
        "approve-plan/elasticloadbalancing:ModifyTargetGroupAttributes#1/throttled"
      })
  void whatAnApprovedPlanHasLeftHalfMadeIsFinishedWithoutAnotherApproval(String plan) {
    endsAsUndisturbed(plan);
  }

  /** Half a plan that is approved needs another approval, for the other half. */
  @Test
  void onlyAWholePlanIsShownForApproval() {
    endsAsUndisturbed("approve-deletion/ecs:ListTaskDefinitions#1/server-error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wrong-references/secretsmanager:CreateSecret#1/connection-reset",
        "wrong-references/secretsmanager:UpdateSecretVersionStage#1/throttled",
        "wrong-references/secretsmanager:UpdateSecretVersionStage#1/timeout-after-effect"
      })
  void everyAttemptToCreateASecretCarriesTheSameTokenAndLeavesOneLabel(String plan) {
    endsAsUndisturbed(plan);
  }

  /** AWS gives no way to register it once; a later look finds it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "create/ecs:RegisterTaskDefinition#1/frozen-before",
        "restore/ecs:RegisterTaskDefinition#1/frozen-before",
        "two-claims/ecs:RegisterTaskDefinition#1/frozen-before"
      })
  void aRevisionThatAFrozenLeaderRegistersOnWakingIsFoundAndGoes(String plan) {
    endsAsUndisturbed(plan);
  }

  @Test
  void anEnvironmentThatAdmitsAllAsksForNoNamespace() {
    assertThat(Run.undisturbed(Workloads.named("create")).sites())
        .noneMatch(site -> site.name().startsWith("kube:get-namespaces"));
  }

  @Test
  void aToolThatAppliesEverythingAgainAndAgainChangesNothing() {
    endsAsUndisturbed("new-image/always#1/sync-loop");
  }

  @Test
  void aDeletionDuringAnOutageIsCarriedOutAfterItAndByTheNextProcess() {
    try (CampaignWorld world = new CampaignWorld(new Disturbance(null))) {
      Stage stage = new Stage(world);
      stage.apply(stage.environment, stage.app);
      stage.settle();
      world.disturbance.aws(dev.fargate.local.aws.wire.LostResponse::new);
      stage.delete(stage.app);
      world.run(Duration.ofMinutes(20));
      assertThat(stage.gone(stage.app)).isFalse();
      world.restart();
      world.run(Duration.ofMinutes(20));
      assertThat(stage.gone(stage.app)).isFalse();
      world.disturbance.aws(null);
      assertThat(world.runUntil(Duration.ofMinutes(30), () -> stage.gone(stage.app)))
          .as(stage::describe)
          .isTrue();
      List<String> left = Picture.of(world).aws();
      assertThat(left).noneMatch(line -> line.contains("FargateApp/default/web"));
    }
  }
}
