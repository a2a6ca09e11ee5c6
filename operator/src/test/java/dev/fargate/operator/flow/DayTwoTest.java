package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.app.EnvVar;
import dev.fargate.api.v1alpha1.app.KeyReference;
import dev.fargate.api.v1alpha1.app.ValueFrom;
import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;

/** What happens to a running Phoenix: edits, neighbours, trouble. In virtual time. */
class DayTwoTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

  private final VirtualWorld world = new VirtualWorld();
  private final FargateApp app = read("app.yaml", FargateApp.class);

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void phoenixIsReady() {
    world.apply(
        read("environment.yaml", FargateEnvironment.class),
        read("database.yaml", FargateDatabase.class),
        app);
    untilReady("phoenix");
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void untilReady(String name) {
    world.runUntil(name + " is ready", LONG_ENOUGH, () -> world.ready("FargateApp", name));
  }

  private String reason(String name) {
    return world
        .condition("FargateApp", name, ConditionType.READY)
        .map(Condition::getReason)
        .orElse("");
  }

  @Test
  void pausedWritesNothingAndResumedCatchesUp() {
    app.getSpec().mode = "Paused";
    app.getSpec().image = "phoenix:2";
    world.apply(app);
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.condition("FargateApp", "phoenix", ConditionType.SYNCED))
        .hasValueSatisfying(synced -> assertThat(synced.getReason()).isEqualTo("Paused"));
    app.getSpec().mode = "Apply";
    world.apply(app);
    world.runUntil(
        "the new image serves",
        LONG_ENOUGH,
        () -> "phoenix:2".equals(world.app("phoenix").getStatus().serving.shortImage));
  }

  @Test
  void suspendedMeansNoTasksAndResumedTheyComeBack() {
    app.getSpec().suspend = true;
    world.apply(app);
    world.runUntil(
        "no task runs", LONG_ENOUGH, () -> "0/0".equals(world.app("phoenix").getStatus().running));
    world.runUntil("that is told", LONG_ENOUGH, () -> reason("phoenix").equals("ScaledToZero"));
    assertThat(world.app("phoenix").getStatus().conditions)
        .filteredOn(it -> it.getType().equals("TargetsHealthy"))
        .as("no target is missed where no task is wanted")
        .extracting(it -> it.getStatus() + " " + it.getReason())
        .containsExactly("True ScaledToZero");
    app.getSpec().suspend = null;
    world.apply(app);
    world.runUntil(
        "a task runs", LONG_ENOUGH, () -> "1/1".equals(world.app("phoenix").getStatus().running));
  }

  @Test
  void aSecretValueReachesTheTaskAndNobodyElse() {
    world.secrets.put("tokens", Map.of("token", "canary-4711"));
    EnvVar token = new EnvVar();
    token.name = "TOKEN";
    token.valueFrom = new ValueFrom();
    token.valueFrom.secretKeyRef = new KeyReference();
    token.valueFrom.secretKeyRef.name = "tokens";
    token.valueFrom.secretKeyRef.key = "token";
    app.getSpec().env.add(token);
    world.apply(app);
    world.run(Duration.ofMinutes(5));
    untilReady("phoenix");
    assertThat(world.aws.scriptedTasks().running())
        .anySatisfy(
            task ->
                assertThat(task.containers().get(0).environment())
                    .containsEntry("TOKEN", "canary-4711"));
    assertThat(Serialization.asJson(world.app("phoenix"))).doesNotContain("canary-4711");
    assertThat(world.events.toString()).doesNotContain("canary-4711");
    assertThat(world.aws.calls().all().toString()).doesNotContain("canary-4711");

    world.secrets.put("tokens", Map.of("token", "canary-4712"));
    world.runUntil(
        "the changed value has reached the tasks",
        LONG_ENOUGH,
        () ->
            world.aws.scriptedTasks().running().stream()
                .anyMatch(
                    task ->
                        "canary-4712".equals(task.containers().get(0).environment().get("TOKEN"))));
  }

  @Test
  void ofTwoAppsWithTheSameClaimTheSecondWaitsAndGetsItWhenTheFirstGoes() {
    FargateApp second = Serialization.clone(app);
    second.getMetadata().setName("second");
    world.apply(second);
    world.runUntil("the conflict is told", LONG_ENOUGH, () -> reason("second").equals("Conflict"));
    assertThat(world.condition("FargateApp", "second", ConditionType.CONFLICT))
        .hasValueSatisfying(
            conflict -> assertThat(conflict.getMessage()).contains("FargateApp/default/phoenix"));
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();
    world.delete("FargateApp", "phoenix");
    untilReady("second");
  }

  @Test
  void anotherContainerPortReplacesTheTargetGroupAndTheAppIsReadyAgain() {
    app.getSpec().ports.get(0).containerPort = 3001;
    app.getSpec().env.get(0).value = "3001";
    world.apply(app);
    world.run(Duration.ofMinutes(15));
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();
    assertThat(world.awsWrites())
        .containsOnlyOnce("elasticloadbalancing:CreateTargetGroup")
        .containsOnlyOnce("elasticloadbalancing:DeleteTargetGroup");
    // Into both groups first, out of the old one once the traffic has moved: else ECS would stop
    // the
    // old tasks while the rule still sends to them.
    assertThat(world.awsWrites()).filteredOn("ecs:UpdateService"::equals).hasSize(2);
  }

  @Test
  void aRestartIsOneDeployment() {
    app.getSpec().restartedAt = "2026-11-21T09:00:00Z";
    world.apply(app);
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).containsOnlyOnce("ecs:UpdateService");
    assertThat(world.app("phoenix").getStatus().observedRestartedAt)
        .isEqualTo("2026-11-21T09:00:00Z");
  }

  @Test
  void withoutAutoscalingTheReplicasCountAndWithItTheyDoNot() {
    var scaling = app.getSpec().autoscaling;
    app.getSpec().autoscaling = null;
    app.getSpec().replicas = 3;
    world.apply(app);
    world.runUntil(
        "three tasks run",
        LONG_ENOUGH,
        () -> "3/3".equals(world.app("phoenix").getStatus().running));
    app.getSpec().autoscaling = scaling;
    world.apply(app);
    world.run(Duration.ofMinutes(5));
    world.forgetCalls();
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void aStandbyWritesNothing() {
    world.leading = false;
    app.getSpec().image = "phoenix:2";
    world.apply(app);
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();
    world.leading = true;
    world.runUntil(
        "the new image serves",
        LONG_ENOUGH,
        () -> "phoenix:2".equals(world.app("phoenix").getStatus().serving.shortImage));
  }

  @Test
  void anEnvironmentInUseWaitsAndNamesItsUsers() {
    world.delete("FargateEnvironment", "phoenix");
    world.run(Duration.ofMinutes(5));
    assertThat(world.condition("FargateEnvironment", "phoenix", ConditionType.RECONCILING))
        .hasValueSatisfying(
            waiting -> {
              assertThat(waiting.getReason()).isEqualTo("InUse");
              assertThat(waiting.getMessage()).contains("FargateApp/default/phoenix");
            });
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void whatAwsDeniesStallsWithItsWordsAndTheAppServesOn() {
    world
        .aws
        .faults()
        .on("ecs:RegisterTaskDefinition")
        .fail(
            "AccessDeniedException",
            "User is not authorized to perform: ecs:RegisterTaskDefinition");
    app.getSpec().image = "phoenix:2";
    world.apply(app);
    world.run(Duration.ofMinutes(2));
    assertThat(world.condition("FargateApp", "phoenix", ConditionType.STALLED))
        .hasValueSatisfying(
            stalled -> {
              assertThat(stalled.getReason()).isEqualTo("AccessDenied");
              assertThat(stalled.getMessage()).contains("not authorized");
            });
    assertThat(world.app("phoenix").getStatus().running).isEqualTo("1/1");
  }

  @Test
  void whatAwsDeniesBesideTheTasksStallsAndLeavesTheAppReady() {
    world
        .aws
        .faults()
        .on("application-autoscaling:RegisterScalableTarget")
        .fail("AccessDeniedException", "User is not authorized");
    app.getSpec().autoscaling.maxReplicas = 8;
    world.apply(app);
    world.run(Duration.ofMinutes(2));
    assertThat(world.condition("FargateApp", "phoenix", ConditionType.STALLED)).isPresent();
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();
  }

  @Test
  void whileMoreTasksStartTheAppStaysReady() {
    app.getSpec().autoscaling.minReplicas = 3;
    world.apply(app);
    for (int second = 0; second < 5 * 60; second++) {
      world.run(Duration.ofSeconds(1));
      assertThat(world.ready("FargateApp", "phoenix")).as("after %s s", second).isTrue();
    }
    assertThat(world.app("phoenix").getStatus().running).isEqualTo("3/3");
  }

  @Test
  void whatSomebodyHasDoneMeanwhileIsSeenBeforeItIsWritten() {
    // A sweep that is due is done now, so that none sees the change before the pass does.
    world.apply(app);
    world.run(Duration.ofSeconds(1));
    new Leftovers(world.aws)
        .scaling.registerScalableTarget(
            request ->
                request
                    .serviceNamespace(ServiceNamespace.ECS)
                    .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                    .resourceId(onlyScalableTarget())
                    .maxCapacity(8));
    world.forgetCalls();
    app.getSpec().autoscaling.maxReplicas = 8;
    world.apply(app);
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();
  }

  private String onlyScalableTarget() {
    return new Leftovers(world.aws)
        .scaling
        .describeScalableTargets(request -> request.serviceNamespace(ServiceNamespace.ECS))
        .scalableTargets()
        .get(0)
        .resourceId();
  }

  @Test
  void databaseFirstEnvironmentSecondAppLastEndsWithNothingLeft() {
    List<String> left = List.of("FargateDatabase", "FargateEnvironment", "FargateApp");
    Map<String, String> names =
        Map.of(
            "FargateDatabase",
            "phoenix-db",
            "FargateEnvironment",
            "phoenix",
            "FargateApp",
            "phoenix");
    for (String kind : left) {
      world.delete(kind, names.get(kind));
      world.run(Duration.ofSeconds(30));
    }
    world.runUntil(
        "all are gone",
        Duration.ofHours(1),
        () -> left.stream().noneMatch(kind -> world.exists(kind, names.get(kind))));
    assertThat(new Leftovers(world.aws).all()).isEmpty();
  }
}
