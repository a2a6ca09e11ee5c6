package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.app.Autoscaling;
import dev.fargate.operator.status.ConditionType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is denied, missing or too much holds up no more than itself. In virtual time. */
class RefusalsTest {
  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;

  @AfterEach
  void close() {
    world.close();
  }

  private void settle() {
    faults.environment();
    faults.applyAndSettle();
  }

  @Test
  void aKindThatCannotBeLookedAtCloselyHoldsUpWhatNeedsItAndNothingElse() {
    settle();
    world
        .aws
        .faults()
        .on("application-autoscaling:DescribeScalableTargets")
        .fail("AccessDeniedException", "not yours");
    faults.app.getSpec().image = "web:2";
    faults.app.getSpec().autoscaling = new Autoscaling();
    faults.app.getSpec().autoscaling.minReplicas = 1;
    faults.app.getSpec().autoscaling.maxReplicas = 3;
    faults.app.getSpec().autoscaling.cpuPercent = 70;
    faults.apply();
    world.run(Duration.ofMinutes(5));
    assertThat(faults.stored().getStatus().serving.shortImage).isEqualTo("web:2");
    assertThat(world.awsWrites())
        .contains("ecs:RegisterTaskDefinition", "ecs:UpdateService")
        .noneMatch(write -> write.startsWith("application-autoscaling:"));
    world.aws.faults().clear();
    world.run(Duration.ofMinutes(7));
    assertThat(world.awsWrites())
        .containsOnlyOnce("application-autoscaling:RegisterScalableTarget")
        .containsOnlyOnce("application-autoscaling:PutScalingPolicy");
    assertThat(world.ready("FargateApp", "web")).isTrue();
  }

  @Test
  void aNewMissingReferenceHasATimeOfItsOwn() {
    settle();
    faults.secretOf("ONE", "one", "key");
    faults.apply();
    world.run(Duration.ofMinutes(14));
    assertThat(faults.condition(ConditionType.STALLED)).isEmpty();
    faults.app.getSpec().env.clear();
    faults.secretOf("TWO", "two", "key");
    faults.apply();
    world.run(Duration.ofMinutes(14));
    assertThat(faults.condition(ConditionType.STALLED)).isEmpty();
    assertThat(faults.condition(ConditionType.RECONCILING)).isPresent();
    faults.app.getSpec().image = "web:2";
    faults.apply();
    world.run(Duration.ofMinutes(2));
    assertThat(faults.condition(ConditionType.STALLED))
        .hasValueSatisfying(stalled -> assertThat(stalled.getMessage()).contains("Secret two"));
  }

  @Test
  void anEnvironmentSaysInAwsWordsWhyAChangeMustWaitAndSaysItOnce() {
    faults.environment();
    world
        .aws
        .faults()
        .on("ecs:PutClusterCapacityProviders")
        .fail("ResourceInUseException", "The capacity provider is in use and cannot be removed.");
    faults.environment.getSpec().cluster.capacityProviders = List.of("FARGATE");
    world.apply(faults.environment);
    world.run(Duration.ofMinutes(1));
    assertThat(world.condition("FargateEnvironment", "phoenix", ConditionType.RECONCILING))
        .hasValueSatisfying(
            waiting ->
                assertThat(waiting.getMessage())
                    .contains("Cluster/cluster", "is in use and cannot be removed", "(request "));
    world.forgetCalls();
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).hasSizeGreaterThan(3);
    assertThat(world.statusWrites).isZero();
  }

  @Test
  void moreTagsThanAwsTakesAreRefusedWithTheField() {
    for (int i = 0; i < 30; i++) {
      faults.environment.getSpec().defaults.tags.put("environment-" + i, "x");
    }
    for (int i = 0; i < 15; i++) {
      faults.app.getSpec().tags.put("app-" + i, "x");
    }
    faults.environment();
    faults.apply();
    world.run(Duration.ofMinutes(1));
    assertThat(faults.condition(ConditionType.STALLED))
        .hasValueSatisfying(
            stalled -> {
              assertThat(stalled.getReason()).isEqualTo("InvalidSpec");
              assertThat(stalled.getMessage())
                  .contains("spec.tags", "15 keys here and 30", "make 45", "keep 44 together");
            });
    faults.app.getSpec().tags.remove("app-0");
    faults.apply();
    faults.untilReady();
  }

  @Test
  void anAppThatNoRoleCanStartIsRefusedBeforeAnythingOfItChanges() {
    settle();
    String role = faults.environment.getSpec().defaults.executionRoleArn;
    faults.environment.getSpec().defaults.executionRoleArn = null;
    world.apply(faults.environment);
    faults.app.getSpec().image = "web:2";
    faults.apply();
    world.run(Duration.ofMinutes(6));
    assertThat(faults.condition(ConditionType.STALLED))
        .hasValueSatisfying(
            stalled -> {
              assertThat(stalled.getReason()).isEqualTo("InvalidSpec");
              assertThat(stalled.getMessage())
                  .contains("spec.iam.executionRoleArn", "defaults.executionRoleArn", "phoenix");
            });
    assertThat(world.awsWrites()).isEmpty();
    faults.environment.getSpec().defaults.executionRoleArn = role;
    world.apply(faults.environment);
    faults.untilReady();
  }

  @Test
  void otherEndpointsWithoutLeaveAreRefusedWithTheFieldAndHoldUpAppsAndDeletions() {
    settle();
    faults.environment.getSpec().endpointOverrides.put("default", "https://aws.example.com");
    world.apply(faults.environment);
    faults.app.getSpec().image = "web:2";
    faults.apply();
    world.run(Duration.ofMinutes(6));
    assertThat(world.condition("FargateEnvironment", "phoenix", ConditionType.STALLED))
        .hasValueSatisfying(
            stalled -> {
              assertThat(stalled.getReason()).isEqualTo("InvalidSpec");
              assertThat(stalled.getMessage())
                  .contains("spec.endpointOverrides", "--allow-endpoint-overrides");
            });
    assertThat(faults.condition(ConditionType.READY))
        .hasValueSatisfying(
            ready -> {
              assertThat(ready.getReason()).isEqualTo("EnvironmentNotReady");
              assertThat(ready.getMessage()).contains("phoenix: spec.endpointOverrides");
            });
    world.delete("FargateApp", "web");
    world.run(Duration.ofMinutes(6));
    assertThat(faults.condition(ConditionType.READY))
        .hasValueSatisfying(
            ready -> assertThat(ready.getMessage()).contains("phoenix: spec.endpointOverrides"));
    assertThat(world.awsWrites()).isEmpty();
    faults.environment.getSpec().endpointOverrides.clear();
    world.apply(faults.environment);
    world.runUntil(
        "the app is deleted", Duration.ofMinutes(30), () -> !world.exists("FargateApp", "web"));
  }
}
