package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Phoenix sample, from its own YAML, through the whole line in virtual time. */
class PhoenixFlowTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

  private final VirtualWorld world = new VirtualWorld();
  private final FargateEnvironment environment = read("environment.yaml", FargateEnvironment.class);
  private final FargateDatabase database = read("database.yaml", FargateDatabase.class);
  private final FargateApp app = read("app.yaml", FargateApp.class);

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void untilReady() {
    world.runUntil(
        "Phoenix is ready",
        LONG_ENOUGH,
        () ->
            world.ready("FargateApp", "phoenix")
                && world.ready("FargateDatabase", "phoenix-db")
                && world.ready("FargateEnvironment", "phoenix"));
  }

  @Test
  void phoenixBecomesReady() {
    world.apply(environment, database, app);
    untilReady();
    assertThat(world.app("phoenix").getStatus().running).isEqualTo("1/1");
    assertThat(world.app("phoenix").getStatus().serving.shortImage).isEqualTo("phoenix:1.0.0");
    assertThat(world.app("phoenix").getStatus().url)
        .startsWith("http://")
        .endsWith(".amazonaws.com/");
  }

  @Test
  void awsIsToldWhatTheSampleSays() {
    world.apply(environment, database, app);
    untilReady();
    assertThat(world.aws.calls().named("application-autoscaling:PutScalingPolicy"))
        .extracting(call -> call.input().struct("TargetTrackingScalingPolicyConfiguration"))
        .extracting(Optional::orElseThrow)
        .extracting(
            tracking ->
                tracking
                        .struct("PredefinedMetricSpecification")
                        .flatMap(metric -> metric.string("PredefinedMetricType"))
                        .orElse(null)
                    + " "
                    + ((Number) tracking.get("TargetValue")).intValue())
        .containsExactlyInAnyOrder(
            "ECSServiceAverageCPUUtilization 70", "ALBRequestCountPerTarget 600");
    assertThat(world.aws.calls().named("logs:PutRetentionPolicy"))
        .extracting(call -> call.input().integer("retentionInDays").orElse(0))
        .containsOnly(7);
    assertThat(world.aws.calls().named("ecs:CreateService"))
        .extracting(call -> call.input().integer("desiredCount").orElse(null))
        .containsExactly(1, 1);
    assertThat(world.aws.calls().named("ecs:CreateService"))
        .extracting(call -> call.input().struct("deploymentConfiguration").orElseThrow())
        .extracting(deployment -> deployment.struct("deploymentCircuitBreaker").orElseThrow())
        .allMatch(breaker -> breaker.bool("enable").orElse(false))
        .allMatch(breaker -> breaker.bool("rollback").orElse(false));
  }

  @Test
  void createsCarryTheTokenThatMakesThemOneCallHoweverOftenTheyAreSent() {
    world.apply(environment, database, app);
    untilReady();
    Map<String, String> tokens =
        Map.of(
            "ecs:CreateService", "clientToken",
            "servicediscovery:CreatePrivateDnsNamespace", "CreatorRequestId",
            "servicediscovery:CreateService", "CreatorRequestId");
    tokens.forEach(
        (call, token) ->
            assertThat(world.aws.calls().named(call))
                .as(call)
                .isNotEmpty()
                // Ours, from what is created: the SDK would fill in a random one.
                .allMatch(made -> made.input().string(token).orElse("").matches("[0-9a-f]{32,64}"))
                .extracting(made -> made.input().string(token))
                .doesNotHaveDuplicates());
  }

  @Test
  void filesAreAppliedInAnyOrderAndEachWaitIsNamed() {
    world.apply(app);
    world.run(Duration.ofSeconds(5));
    assertThat(reason()).isEqualTo("EnvironmentMissing");
    world.apply(environment);
    world.runUntil(
        "the environment is ready",
        LONG_ENOUGH,
        () -> world.ready("FargateEnvironment", "phoenix"));
    world.run(Duration.ofSeconds(5));
    assertThat(reason()).isEqualTo("ReferenceMissing");
    assertThat(message()).contains("FargateDatabase phoenix-db does not exist");
    world.aws.faults().on("secretsmanager:CreateSecret").fail("InternalServiceError", "later");
    world.apply(database);
    world.run(Duration.ofSeconds(30));
    assertThat(message()).contains("phoenix-db has not published its host and credentials yet");
    world.aws.faults().clear();
    untilReady();
  }

  @Test
  void whatAPersonHasMadeSinceTheLastLookIsNotTakenOver() {
    world.apply(environment, database);
    world.runUntil(
        "the database is ready", LONG_ENOUGH, () -> world.ready("FargateDatabase", "phoenix-db"));
    // A sweep that is due is done now, so that none sees the person's log group before the create.
    world.apply(database);
    world.run(Duration.ofSeconds(1));
    Leftovers person = new Leftovers(world.aws);
    String name = "/fargate/acme/default/phoenix";
    person.logs.createLogGroup(request -> request.logGroupName(name));
    world.forgetCalls();
    world.apply(app);
    world.run(Duration.ofMinutes(11));
    assertThat(world.awsWrites())
        .contains("logs:CreateLogGroup")
        .doesNotContain("logs:PutRetentionPolicy", "logs:TagResource", "ecs:CreateService");
    assertThat(reason()).isEqualTo("Conflict");
    person.logs.deleteLogGroup(request -> request.logGroupName(name));
    untilReady();
  }

  @Test
  void beforeAwsHasBeenReadOnceNothingIsPlannedAndThatIsSaid() {
    world.apply(environment, database, app);
    untilReady();
    world.aws.faults().on("*").fail("InternalFailure", "down");
    world.restartOperator();
    app.getSpec().image = "phoenix:2";
    world.forgetCalls();
    world.apply(app);
    world.run(Duration.ofMinutes(2));
    assertThat(reason()).isEqualTo("ObservationStale");
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void aSettledWorldIsLeftAlone() {
    world.apply(environment, database, app);
    untilReady();
    world.run(Duration.ofMinutes(5));
    world.forgetCalls();
    world.events.clear();
    world.run(Duration.ofMinutes(30));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.statusWrites).isZero();
    assertThat(world.events).isEmpty();
  }

  @Test
  void anOperatorThatKnowsNothingFindsEverythingAgain() {
    world.apply(environment, database, app);
    untilReady();
    world.run(Duration.ofMinutes(5));
    world.forgetCalls();
    world.restartOperator();
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();
  }

  @Test
  void aNewImageIsRolledOutAtOnce() {
    world.apply(environment, database, app);
    untilReady();
    app.getSpec().image = "phoenix:2";
    world.forgetCalls();
    world.apply(app);
    world.run(Duration.ofSeconds(10));
    assertThat(world.awsWrites()).contains("ecs:RegisterTaskDefinition", "ecs:UpdateService");
    world.runUntil(
        "the new revision serves",
        LONG_ENOUGH,
        () ->
            "phoenix:2".equals(world.app("phoenix").getStatus().serving.shortImage)
                && world.ready("FargateApp", "phoenix"));
    assertThat(world.awsWrites())
        .containsOnlyOnce("ecs:RegisterTaskDefinition")
        .containsOnlyOnce("ecs:UpdateService");
  }

  @Test
  void whatAutoscalingHasScaledToSurvivesARollout() {
    world.apply(environment, database, app);
    untilReady();
    world.run(Duration.ofMinutes(5));
    app.getSpec().autoscaling.minReplicas = 3;
    world.apply(app);
    world.runUntil(
        "three tasks run",
        LONG_ENOUGH,
        () -> "3/3".equals(world.app("phoenix").getStatus().running));
    app.getSpec().autoscaling.minReplicas = 1;
    app.getSpec().image = "phoenix:2";
    world.forgetCalls();
    world.apply(app);
    world.runUntil(
        "the new revision serves",
        LONG_ENOUGH,
        () -> "phoenix:2".equals(world.app("phoenix").getStatus().serving.shortImage));
    assertThat(world.aws.calls().named("ecs:UpdateService"))
        .isNotEmpty()
        .noneMatch(call -> call.input().has("desiredCount"));
    assertThat(world.app("phoenix").getStatus().running).isEqualTo("3/3");
  }

  @Test
  void scalingBoundsChangeInPlaceWithoutADeployment() {
    world.apply(environment, database, app);
    untilReady();
    world.run(Duration.ofMinutes(5));
    app.getSpec().autoscaling.maxReplicas = 8;
    world.forgetCalls();
    world.apply(app);
    world.run(Duration.ofMinutes(2));
    assertThat(world.awsWrites()).containsExactly("application-autoscaling:RegisterScalableTarget");
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();
    assertThat(world.app("phoenix").getStatus().autoscaling)
        .satisfies(
            scaling -> {
              assertThat(scaling.minReplicas).isEqualTo(1);
              assertThat(scaling.maxReplicas).isEqualTo(8);
              assertThat(scaling.desiredReplicas).isEqualTo(1);
            });
  }

  @Test
  void deletingEverythingAtOnceLeavesNothing() {
    world.apply(environment, database, app);
    untilReady();
    world.delete("FargateEnvironment", "phoenix");
    world.delete("FargateDatabase", "phoenix-db");
    world.delete("FargateApp", "phoenix");
    world.runUntil(
        "everything is gone",
        Duration.ofMinutes(60),
        () ->
            !world.exists("FargateApp", "phoenix")
                && !world.exists("FargateDatabase", "phoenix-db")
                && !world.exists("FargateEnvironment", "phoenix"));
    assertThat(new Leftovers(world.aws).all()).isEmpty();
  }

  @Test
  void whileAKindCannotBeReadADeletedObjectStays() {
    world.apply(environment, database, app);
    untilReady();
    world.aws.faults().on("logs:DeleteLogGroup").fail("AccessDeniedException", "no deleting");
    world.delete("FargateApp", "phoenix");
    world.runUntil(
        "the log group is all that is left",
        LONG_ENOUGH,
        () -> world.app("phoenix").getStatus().resources.size() == 1);
    world.aws.faults().clear();
    world.aws.faults().on("logs:DescribeLogGroups").fail("AccessDeniedException", "no reading");
    world.run(Duration.ofMinutes(10));
    assertThat(world.exists("FargateApp", "phoenix")).isTrue();
    world.aws.faults().clear();
    world.runUntil("it is gone", LONG_ENOUGH, () -> !world.exists("FargateApp", "phoenix"));
    assertThat(new Leftovers(world.aws).all())
        .contains("log group /fargate/acme/default/phoenix-db/database")
        .doesNotContain("log group /fargate/acme/default/phoenix");
  }

  @Test
  void aRevisionThatCrashesIsRolledBackNamedAndNotTriedAgain() {
    world.apply(environment, database, app);
    untilReady();
    world.aws.scriptedTasks().image("phoenix:bad").exitsAfter(Duration.ofSeconds(2), 1);
    app.getSpec().image = "phoenix:bad";
    world.apply(app);
    world.runUntil(
        "the rollback is told", Duration.ofHours(1), () -> "RolledBack".equals(reason()));
    assertThat(world.condition("FargateApp", "phoenix", ConditionType.STALLED)).isPresent();
    assertThat(message()).contains("exited with code 1");
    assertThat(world.app("phoenix").getStatus().serving.shortImage).isEqualTo("phoenix:1.0.0");
    world.forgetCalls();
    world.run(Duration.ofMinutes(30));
    assertThat(world.awsWrites()).isEmpty();
  }

  private String reason() {
    return world
        .condition("FargateApp", "phoenix", ConditionType.READY)
        .map(Condition::getReason)
        .orElse("");
  }

  private String message() {
    return world
        .condition("FargateApp", "phoenix", ConditionType.READY)
        .map(Condition::getMessage)
        .orElse("");
  }
}
