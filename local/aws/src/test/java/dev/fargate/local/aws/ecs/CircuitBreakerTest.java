package dev.fargate.local.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.wire.Struct;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private static final String PULL_ERROR =
      "CannotPullContainerError: pull image manifest has been retried 1 time(s): not found";

  private final EcsWorld world = new EcsWorld();

  @Test
  void theThresholdIsHalfTheDesiredCountBetween3And200() {
    assertThat(CircuitBreaker.threshold(0)).isEqualTo(3);
    assertThat(CircuitBreaker.threshold(1)).isEqualTo(3);
    assertThat(CircuitBreaker.threshold(6)).isEqualTo(3);
    assertThat(CircuitBreaker.threshold(7)).isEqualTo(4);
    assertThat(CircuitBreaker.threshold(25)).isEqualTo(13);
    assertThat(CircuitBreaker.threshold(1000)).isEqualTo(200);
  }

  @Test
  void aRevisionThatCannotBePulledIsRolledBackToTheLastCompletedDeployment() {
    String good = world.register("web:1");
    world.steady(guarded(good, 1));
    String first = world.primary().required("id");
    world.tasks.image("web:2").failsToPull(PULL_ERROR);
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", world.register("web:2")));
    String failed = world.primary().required("id");

    world.until("another is primary", () -> !world.primary().required("id").equals(failed));

    List<Struct> deployments = world.deployments();
    assertThat(deployments.get(0).required("id")).isEqualTo(first);
    assertThat(deployments.get(0).required("rolloutState")).isEqualTo("IN_PROGRESS");
    assertThat(deployments.get(0).required("rolloutStateReason"))
        .isEqualTo("ECS deployment circuit breaker: rolling back to deploymentId " + first + ".");
    assertThat(deployments.get(1).required("id")).isEqualTo(failed);
    assertThat(deployments.get(1).required("rolloutState")).isEqualTo("FAILED");
    assertThat(deployments.get(1).required("rolloutStateReason"))
        .isEqualTo("ECS deployment circuit breaker: tasks failed to start.");
    assertThat(deployments.get(1).integer("failedTasks")).contains(3);
    assertThat(world.service().required("taskDefinition")).isEqualTo(good);

    world.seconds(120);

    assertThat(world.deployments()).hasSize(1);
    assertThat(world.primary().required("rolloutState")).isEqualTo("COMPLETED");
    assertThat(world.events())
        .containsSubsequence(
            "(service web) (deployment " + failed + ") deployment failed: tasks failed to start.",
            "(service web) rolling back to deployment " + first + ".",
            "(service web) (deployment " + first + ") deployment completed.",
            "(service web) has reached a steady state.");
    assertThat(world.tasks("STOPPED"))
        .hasSize(3)
        .allMatch(task -> task.required("stopCode").equals("TaskFailedToStart"))
        .allMatch(task -> task.required("stoppedReason").equals(PULL_ERROR))
        .allMatch(task -> containerReason(task).equals(PULL_ERROR));
  }

  @Test
  void theOldTaskServesThroughoutAFailedDeployment() {
    world.steady(guarded(world.register("web:1"), 1));
    String serving = world.tasks("RUNNING").get(0).required("taskArn");
    world.tasks.image("web:2").exitsAfter(Duration.ofSeconds(1), 1);
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", world.register("web:2")));
    world.seconds(300);

    assertThat(world.tasks("RUNNING")).hasSize(1);
    assertThat(world.tasks("RUNNING").get(0).required("taskArn")).isEqualTo(serving);
    assertThat(world.primary().required("rolloutState")).isEqualTo("COMPLETED");
  }

  @Test
  void aTaskThatCrashesAfterRunningButBeforeItWasHealthyCounts() {
    world.steady(guarded(world.register("web:1"), 1));
    world.tasks.image("web:2").exitsAfter(Duration.ofSeconds(20), 1);
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", world.register("web:2")));
    world.seconds(600);

    assertThat(world.events()).anyMatch(e -> e.contains("deployment failed: tasks failed"));
    assertThat(world.tasks("STOPPED"))
        .allMatch(task -> task.required("stopCode").equals("EssentialContainerExited"))
        .allMatch(
            task -> task.required("stoppedReason").equals("Essential container in task exited"))
        .allMatch(task -> task.structs("containers").get(0).integer("exitCode").orElse(0) == 1);
  }

  @Test
  void aFirstDeploymentThatFailsStallsBecauseThereIsNothingToRollBackTo() {
    world.tasks.image("web:1").failsToPull(PULL_ERROR);
    world.call("CreateService", guarded(world.register("web:1"), 1));
    world.seconds(3600);

    assertThat(world.deployments()).hasSize(1);
    assertThat(world.primary().required("rolloutState")).isEqualTo("FAILED");
    assertThat(world.service().integer("runningCount")).contains(0);
    assertThat(world.tasks.launches()).hasSize(3);
  }

  @Test
  void aNewDeploymentEndsAStall() {
    world.tasks.image("web:1").failsToPull(PULL_ERROR);
    world.call("CreateService", guarded(world.register("web:1"), 1));
    world.seconds(600);
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", world.register("web:2")));
    world.seconds(120);

    assertThat(world.primary().required("rolloutState")).isEqualTo("COMPLETED");
    assertThat(world.deployments()).hasSize(1);
  }

  @Test
  void aDeploymentThatWasRolledBackToAndFailsItselfStalls() {
    world.steady(guarded(world.register("web:1"), 1));
    world.tasks.image("web:2").failsToPull(PULL_ERROR);
    world.tasks.image("web:1").failsToPull(PULL_ERROR);
    world.tasks.exit(world.tasks("RUNNING").get(0).required("taskArn"), "web", 1);
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", world.register("web:2")));
    world.seconds(1200);

    assertThat(world.primary().required("rolloutState")).isEqualTo("FAILED");
    assertThat(world.events().stream().filter(e -> e.contains("deployment failed"))).hasSize(2);
    assertThat(world.events().stream().filter(e -> e.contains("rolling back"))).hasSize(1);
  }

  @Test
  void aDeploymentThatIsStillBeingRolledBackToIsNoTargetForTheNextRollback() {
    world.steady(guarded(world.register("web:1"), 1));
    world.tasks.image("web:1").startsAfter(Duration.ofHours(1));
    world.tasks.image("web:2").failsToPull(PULL_ERROR);
    world.tasks.image("web:3").failsToPull(PULL_ERROR);
    world.tasks.exit(world.tasks("RUNNING").get(0).required("taskArn"), "web", 1);
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", world.register("web:2")));
    world.seconds(300);
    assertThat(world.primary().required("rolloutStateReason")).contains("rolling back");

    String third = world.register("web:3");
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", third));
    world.seconds(600);
    assertThat(world.primary().required("taskDefinition")).isEqualTo(third);
    assertThat(world.primary().required("rolloutState")).isEqualTo("FAILED");
    assertThat(history().stream().map(d -> d.required("status")))
        .containsExactly("STOPPED", "ROLLBACK_FAILED", "SUCCESSFUL");
  }

  @Test
  void withoutBreakerStartsAreRetriedForEverWithGrowingPauses() {
    world.tasks.image("web:1").failsToPull(PULL_ERROR);
    world.call("CreateService", EcsWorld.service(world.register("web:1"), 1));
    world.pass(Duration.ofHours(3));

    assertThat(world.primary().required("rolloutState")).isEqualTo("IN_PROGRESS");
    // 30 s doubling to 15 min: five pauses in the first quarter of an hour, then four an hour.
    assertThat(world.tasks.launches().size()).isBetween(12, 22);
    assertThat(world.events())
        .containsOnlyOnce(
            "(service web) is unable to consistently start tasks successfully. For more"
                + " information, see the Troubleshooting section.");

    world.tasks.image("web:1").runs();
    world.pass(Duration.ofMinutes(17));
    assertThat(world.primary().required("rolloutState")).isEqualTo("COMPLETED");
  }

  @Test
  void failedContainerHealthChecksFailADeployment() {
    world.steady(guarded(registerWithHealthCheck("web:1"), 1));
    world.tasks.image("web:2").containerHealth(false);
    world.call(
        "UpdateService",
        EcsWorld.update().with("taskDefinition", registerWithHealthCheck("web:2")));
    world.seconds(1200);

    assertThat(world.events())
        .anyMatch(
            e ->
                e.matches(
                    "\\(service web\\) \\(task [0-9a-f]+\\) failed container health checks\\."))
        .anyMatch(e -> e.contains("rolling back to deployment"));
    assertThat(world.tasks("STOPPED"))
        .anyMatch(
            task -> task.required("stoppedReason").equals("Task failed container health checks"));
    assertThat(world.primary().required("rolloutState")).isEqualTo("COMPLETED");
  }

  @Test
  void theHistoryNamesTheRevisionThatFailedAndTheOneItWentBackTo() {
    String good = world.register("web:1");
    world.steady(guarded(good, 1));
    String bad = world.register("web:2");
    world.tasks.image("web:2").failsToPull(PULL_ERROR);
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", bad));
    assertThat(history().get(0).required("status")).isEqualTo("IN_PROGRESS");
    world.until(
        "another revision is primary",
        () -> !world.deployments().get(0).required("taskDefinition").equals(bad));
    assertThat(history().get(0).required("status")).isEqualTo("ROLLBACK_IN_PROGRESS");
    world.seconds(60);

    List<Struct> history = history();
    assertThat(history.stream().map(d -> d.required("status")))
        .containsExactly("ROLLBACK_SUCCESSFUL", "SUCCESSFUL");
    Struct failed =
        world
            .call(
                "DescribeServiceDeployments",
                Struct.of()
                    .with(
                        "serviceDeploymentArns",
                        List.of(history.get(0).required("serviceDeploymentArn"))))
            .structs("serviceDeployments")
            .get(0);
    assertThat(failed.struct("deploymentCircuitBreaker").orElseThrow().required("status"))
        .isEqualTo("TRIGGERED");
    assertThat(definitionOf(history.get(0).required("targetServiceRevisionArn"))).isEqualTo(bad);
    assertThat(definitionOf(failed.struct("rollback").orElseThrow().required("serviceRevisionArn")))
        .isEqualTo(good);
  }

  @Test
  void aDeploymentThatIsOvertakenIsStopped() {
    world.call("CreateService", guarded(world.register("web:1"), 1));
    world.seconds(10);
    world.call("UpdateService", EcsWorld.update().with("taskDefinition", world.register("web:2")));
    world.seconds(120);

    assertThat(history().stream().map(d -> d.required("status")))
        .containsExactly("SUCCESSFUL", "STOPPED");
  }

  private List<Struct> history() {
    return world
        .call("ListServiceDeployments", Struct.of().with("cluster", "main").with("service", "web"))
        .structs("serviceDeployments");
  }

  private String definitionOf(String revisionArn) {
    return world
        .call(
            "DescribeServiceRevisions",
            Struct.of().with("serviceRevisionArns", List.of(revisionArn)))
        .structs("serviceRevisions")
        .get(0)
        .required("taskDefinition");
  }

  private String registerWithHealthCheck(String image) {
    Struct check = Struct.of().with("command", List.of("CMD-SHELL", "curl -f http://localhost"));
    return world
        .call(
            "RegisterTaskDefinition",
            EcsWorld.definition(EcsWorld.container(image).with("healthCheck", check)))
        .struct("taskDefinition")
        .orElseThrow()
        .required("taskDefinitionArn");
  }

  private static String containerReason(Struct task) {
    return task.structs("containers").get(0).string("reason").orElse("");
  }

  private static Struct guarded(String definition, int desired) {
    return EcsWorld.service(definition, desired)
        .with("deploymentConfiguration", EcsWorld.breaker());
  }
}
