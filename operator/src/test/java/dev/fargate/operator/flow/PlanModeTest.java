package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.api.v1alpha1.PlanStatus;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/** {@code mode: Plan} and {@code approvedPlan}, with Phoenix in virtual time. */
class PlanModeTest {
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

  @AfterEach
  void close() {
    world.close();
  }

  private void surroundings() {
    world.apply(
        read("environment.yaml", FargateEnvironment.class),
        read("database.yaml", FargateDatabase.class));
    world.runUntil(
        "the database is ready", LONG_ENOUGH, () -> world.ready("FargateDatabase", "phoenix-db"));
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
  }

  private void running() {
    surroundings();
    world.apply(app);
    untilReady();
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
  }

  private void untilReady() {
    world.runUntil("Phoenix is ready", LONG_ENOUGH, () -> world.ready("FargateApp", "phoenix"));
  }

  private PlanStatus planned() {
    app.getSpec().mode = Mode.PLAN;
    world.apply(app);
    world.run(Duration.ofSeconds(10));
    return world.app("phoenix").getStatus().plan;
  }

  private void approve(String hash) {
    app.getSpec().approvedPlan = hash;
    world.apply(app);
  }

  private Condition condition(ConditionType type) {
    return world
        .condition("FargateApp", "phoenix", type)
        .orElseThrow(() -> new AssertionError("no " + type + "\n" + world.describe()));
  }

  @Test
  void aPlanIsShownAndNothingIsTouched() {
    surroundings();
    PlanStatus plan = planned();
    world.run(Duration.ofMinutes(30));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(plan.summary).contains("to create");
    assertThat(plan.actions)
        .extracting(action -> action.action + " " + action.resource)
        .contains("Create Service/service", "Create TaskDefinition/tasks");
    assertThat(condition(ConditionType.SYNCED).getReason()).isEqualTo("PlanPending");
    assertThat(condition(ConditionType.READY).getReason()).isEqualTo("PlanPending");
    assertThat(condition(ConditionType.STALLED).getMessage()).contains(plan.hash);
    assertThat(world.statusWrites).as("a settled plan is written once").isLessThan(10);
  }

  @Test
  void whileAPartOfAwsIsUnreadThereIsNoPlanToApproveAndNobodyIsCalled() {
    running();
    planned();
    world.aws.faults().on("ecs:ListTaskDefinitions").fail("InternalFailure", "asked for by a test");
    world.run(Duration.ofMinutes(2));
    world.delete("FargateApp", "phoenix");
    world.run(Duration.ofSeconds(10));
    assertThat(world.app("phoenix").getStatus().plan).isNull();
    assertThat(condition(ConditionType.READY).getMessage())
        .isEqualTo(
            "There is no whole plan to approve yet: AWS has not been read for TaskDefinition.");
    assertThat(world.condition("FargateApp", "phoenix", ConditionType.STALLED)).isEmpty();
    world.aws.faults().clear();
    world.runUntil(
        "the whole plan is shown",
        LONG_ENOUGH,
        () -> world.app("phoenix").getStatus().plan != null);
    assertThat(condition(ConditionType.STALLED).getReason()).isEqualTo("PlanPending");
    assertThat(world.app("phoenix").getStatus().plan.actions)
        .extracting(action -> action.resource)
        .contains("TaskDefinition/tasks");
  }

  @Test
  void anApprovedPlanIsCarriedOutToTheEndOverManyPasses() {
    surroundings();
    approve(planned().hash);
    untilReady();
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).contains("ecs:CreateService");
    assertThat(condition(ConditionType.SYNCED).getStatus()).isEqualTo("True");
    assertThat(world.app("phoenix").getStatus().plan.actions).isEmpty();
  }

  @Test
  void whatWasNotApprovedStopsAndIsNamedUntilItIsApprovedToo() {
    running();
    app.getSpec().image = "phoenix:2";
    String first = planned().hash;
    app.getSpec().logs.retentionDays = 14;
    approve(first);
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(condition(ConditionType.SYNCED).getReason()).isEqualTo("PlanChanged");
    assertThat(condition(ConditionType.STALLED).getMessage())
        .startsWith("update LogGroup/")
        .contains("is not part of the approved plan " + first);
    approve(world.app("phoenix").getStatus().plan.hash);
    world.runUntil(
        "the new image serves",
        LONG_ENOUGH,
        () ->
            "phoenix:2".equals(world.app("phoenix").getStatus().serving.shortImage)
                && world.ready("FargateApp", "phoenix"));
    assertThat(world.awsWrites()).contains("logs:PutRetentionPolicy");
  }

  @Test
  void aWorldThatDriftedAfterTheApprovalStopsItUntilTheNewPlanIsApproved() {
    running();
    app.getSpec().image = "phoenix:2";
    String first = planned().hash;
    somebodyKeepsLogsLonger();
    approve(first);
    world.runUntil(
        "that is told",
        LONG_ENOUGH,
        () -> condition(ConditionType.SYNCED).getReason().equals("PlanChanged"));
    assertThat(condition(ConditionType.SYNCED).getMessage()).startsWith("update LogGroup/logs");
    String second = world.app("phoenix").getStatus().plan.hash;
    approve(second);
    world.runUntil(
        "all is done",
        LONG_ENOUGH,
        () ->
            world.ready("FargateApp", "phoenix")
                && condition(ConditionType.SYNCED).getStatus().equals("True"));
    assertThat(world.awsWrites())
        .containsOnlyOnce("ecs:RegisterTaskDefinition")
        .contains("logs:PutRetentionPolicy");
  }

  private void somebodyKeepsLogsLonger() {
    try (CloudWatchLogsClient logs =
        CloudWatchLogsClient.builder()
            .httpClient(world.aws.httpClient())
            .region(Region.of("eu-central-1"))
            .endpointOverride(URI.create("http://localhost"))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("SOMEBODY", "none")))
            .build()) {
      logs.putRetentionPolicy(
          request -> request.logGroupName("/fargate/acme/default/phoenix").retentionInDays(365));
    }
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
  }

  @Test
  void anApprovalOutlivesTheOperator() {
    running();
    app.getSpec().ports.get(0).containerPort = 3001;
    app.getSpec().env.get(0).value = "3001";
    approve(planned().hash);
    world.runUntil("the first write", LONG_ENOUGH, () -> !world.awsWrites().isEmpty());
    world.restartOperator();
    world.run(Duration.ofMinutes(15));
    assertThat(condition(ConditionType.SYNCED).getStatus()).isEqualTo("True");
    assertThat(world.awsWrites()).contains("elasticloadbalancing:DeleteTargetGroup");
  }

  @Test
  void aHashThatNobodyKnowsApprovesNothing() {
    surroundings();
    planned();
    approve("0123456789abcdef");
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(condition(ConditionType.SYNCED).getReason()).isEqualTo("PlanChanged");
  }

  @Test
  void whatServesStaysReadyWhileAPlanWaits() {
    running();
    app.getSpec().autoscaling.maxReplicas = 8;
    PlanStatus plan = planned();
    assertThat(plan.actions).hasSize(1);
    assertThat(condition(ConditionType.TARGETS_HEALTHY).getStatus()).isEqualTo("True");
    assertThat(plan.actions.get(0).changes).anyMatch(change -> change.endsWith("-> 8"));
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();
    assertThat(world.condition("FargateApp", "phoenix", ConditionType.STALLED)).isEmpty();
  }

  @Test
  void anImageThatWaitsDoesNotMakeWhatServesLookBroken() {
    running();
    app.getSpec().image = "phoenix:2";
    planned();
    world.run(Duration.ofMinutes(10));
    assertThat(condition(ConditionType.READY).getReason()).isEqualTo("PlanPending");
    assertThat(condition(ConditionType.TARGETS_HEALTHY).getStatus()).isEqualTo("True");
    assertThat(world.app("phoenix").getStatus().running).isEqualTo("1/1");
  }

  @Test
  void aDeletionWaitsForItsApprovalToo() {
    running();
    planned();
    world.delete("FargateApp", "phoenix");
    world.run(Duration.ofMinutes(5));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(condition(ConditionType.SYNCED).getReason()).isEqualTo("PlanPending");
    PlanStatus plan = world.app("phoenix").getStatus().plan;
    assertThat(plan.actions).isNotEmpty().allMatch(action -> !action.action.equals("Create"));
    world.app("phoenix").getSpec().approvedPlan = plan.hash;
    world.runUntil(
        "the app is gone", Duration.ofHours(1), () -> !world.exists("FargateApp", "phoenix"));
  }

  @Test
  void aPlanThatWasNeverCarriedOutIsDeletedAtOnce() {
    surroundings();
    planned();
    world.delete("FargateApp", "phoenix");
    world.runUntil("the app is gone", LONG_ENOUGH, () -> !world.exists("FargateApp", "phoenix"));
    assertThat(world.awsWrites()).isEmpty();
  }
}
