package dev.fargate.operator.status;

import static dev.fargate.operator.status.Scene.ONE;
import static dev.fargate.operator.status.Scene.TWO;
import static dev.fargate.operator.status.Scene.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.app.Ingress;
import dev.fargate.api.v1alpha1.app.Rollout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ready does not flap: what served enough goes on being ready while a task is replaced. */
class StaysReadyTest {
  private static boolean ready(Scene scene) {
    return Conditions.isTrue(scene.appStatus().conditions, ConditionType.READY);
  }

  private static Scene was(int tasks) {
    return Scene.app().rollout(deployment("PRIMARY", TWO, tasks, tasks, "COMPLETED")).then();
  }

  @ParameterizedTest
  @CsvSource({
    "4, 4, 2, true",
    "4, 4, 1, false",
    "5, 5, 3, true",
    "5, 5, 2, false",
    "1, 1, 0, false",
    "2, 8, 2, true",
    "2, 8, 1, false",
    "0, 1, 0, false"
  })
  void halfOfTheWantedTasksAreEnoughAndSoIsWhatWasEnoughBefore(
      int before, int wanted, int running, boolean ready) {
    Scene scene = was(before).rollout(deployment("PRIMARY", TWO, wanted, running, "COMPLETED"));
    assertThat(ready(scene)).isEqualTo(ready);
  }

  @ParameterizedTest
  @CsvSource({"75, 3, true", "75, 2, false", "0, 1, true", "100, 3, false"})
  void whoSaysHowManyMustBeHealthyIsTakenAtTheirWord(int percent, int running, boolean ready) {
    Scene scene =
        Scene.app(
                app -> {
                  app.getSpec().rollout = new Rollout();
                  app.getSpec().rollout.minHealthyPercent = percent;
                })
            .rollout(deployment("PRIMARY", TWO, 4, 4, "COMPLETED"))
            .then()
            .rollout(deployment("PRIMARY", TWO, 4, running, "COMPLETED"));
    assertThat(ready(scene)).isEqualTo(ready);
  }

  @Test
  void whatTheLoadBalancerFindsHealthyCountsAndNotWhatRuns() {
    Scene scene = was(4).rollout(deployment("PRIMARY", TWO, 4, 3, "COMPLETED"));
    scene.target("10.0.0.1", "healthy", null, null);
    scene.target("10.0.0.2", "unhealthy", "r", "d");
    scene.target("10.0.0.3", "unhealthy", "r", "d");
    assertThat(ready(scene)).isFalse();
    scene.target("10.0.0.4", "healthy", null, null);
    assertThat(ready(scene)).isTrue();
  }

  @Test
  void aTaskIsHealthyWhenEveryTargetGroupSaysSo() {
    Scene scene =
        Scene.app(
                app -> {
                  Ingress second = new Ingress();
                  second.name = "second";
                  second.priorityBase = 5;
                  app.getSpec().ingresses = List.of(app.getSpec().ingresses.get(0), second);
                })
            .rollout(deployment("PRIMARY", TWO, 2, 2, "COMPLETED"))
            .then()
            .rollout(deployment("PRIMARY", TWO, 2, 1, "COMPLETED"));
    scene.target("10.0.0.1", "healthy", null, null);
    assertThat(ready(scene)).as("the second group has none").isFalse();
  }

  @Test
  void anotherRevisionIsNotWhatWasReady() {
    Scene scene = was(2);
    scene.requested = ONE;
    scene.rollout(
        deployment("PRIMARY", ONE, 2, 0, "IN_PROGRESS"),
        deployment("ACTIVE", TWO, 2, 2, "COMPLETED"));
    assertThat(ready(scene)).isFalse();
  }

  @Test
  void whatWasNeverReadyDoesNotBecomeItByHalf() {
    assertThat(ready(Scene.app().rollout(deployment("PRIMARY", TWO, 4, 3, "COMPLETED")))).isFalse();
  }

  @Test
  void withoutItsServiceItIsNotReady() {
    Scene scene = was(2);
    scene.service = false;
    assertThat(ready(scene)).isFalse();
  }

  // What a tag resolved to

  private static final String DIGEST = "sha256:abc";

  @Test
  void whatATagResolvedToStaysKnownWhileTheRevisionServes() {
    Scene scene = Scene.app();
    scene.imageDigest = DIGEST;
    assertThat(scene.appStatus().serving.digest).isEqualTo(DIGEST);
    assertThat(scene.appStatus().serving.deployment).isEqualTo("ecs-svc/phoenix:2");
    scene.then();
    scene.imageDigest = null;
    scene.rollout(deployment("PRIMARY", TWO, 2, 1, "COMPLETED"));
    scene.rollout(
        deployment("PRIMARY", ONE, 2, 1, "IN_PROGRESS"),
        deployment("ACTIVE", TWO, 2, 2, "COMPLETED"));
    scene.requested = ONE;
    assertThat(scene.appStatus().serving.digest).as("in a rollout").isEqualTo(DIGEST);
    scene.rollout(deployment("PRIMARY", TWO, 1, 1, "COMPLETED"));
    scene.requested = TWO;
    assertThat(scene.appStatus().serving.digest).as("at rest, and not known").isNull();
    assertThat(scene.appStatus().serving.deployment).isNull();
  }

  @Test
  void anImageNamedByItsDigestNeedsNoLook() {
    Scene scene = Scene.app(app -> app.getSpec().image = "r.example.com/a/web@" + DIGEST);
    scene.imageDigest = "sha256:other";
    assertThat(scene.appStatus().serving.digest).isEqualTo(DIGEST);
    assertThat(scene.appStatus().desired.digest).isEqualTo(DIGEST);
  }

  @Test
  void whatEcsHasGivenUpDoesNotServeWhileItsTasksEnd() {
    Scene scene = Scene.app().rollout(deployment("PRIMARY", ONE, 1, 1, "COMPLETED"));
    scene.then();
    scene.rollout(
        deployment("PRIMARY", ONE, 1, 1, "IN_PROGRESS"), deployment("ACTIVE", TWO, 1, 1, "FAILED"));
    scene.failedRevisions.add(TWO);
    assertThat(scene.appStatus().serving.taskDefinitionArn).isEqualTo(ONE);
  }

  @Test
  void whatFailedTasksHadPulledIsToldOfTheFailedRevision() {
    Scene scene = Scene.app().rollout(deployment("PRIMARY", TWO, 1, 0, "FAILED"));
    scene.failures.add(
        new dev.fargate.operator.plan.Rollout.TaskFailure(
            "arn:aws:ecs:r:1:task/t1",
            TWO,
            "EssentialContainerExited",
            "Essential container in task exited",
            "phoenix",
            1,
            null,
            Scene.START,
            java.util.Map.of("phoenix:1", DIGEST)));
    assertThat(scene.appStatus().failed.digest).isEqualTo(DIGEST);
    scene.then();
    scene.failures.clear();
    assertThat(scene.appStatus().failed.digest).as("when ECS has forgotten it").isEqualTo(DIGEST);
  }

  @Test
  void aFailedRevisionIsRememberedUntilTheSpecAsksForAnother() {
    Scene scene = Scene.app().rollout(deployment("PRIMARY", ONE, 1, 1, "COMPLETED"));
    scene.failedRevisions.add(TWO);
    scene.then();
    scene.failedRevisions.clear();
    assertThat(scene.appStatus().failed.taskDefinitionArn).isEqualTo(TWO);
    scene.requested = ONE;
    assertThat(scene.appStatus().failed).isNull();
    scene.requested = TWO;
    scene.rollout(deployment("PRIMARY", TWO, 1, 1, "COMPLETED"));
    assertThat(scene.appStatus().failed).as("it serves after all").isNull();
  }
}
