package dev.fargate.operator.status;

import static dev.fargate.operator.status.Scene.NOW;
import static dev.fargate.operator.status.Scene.ONE;
import static dev.fargate.operator.status.Scene.TWO;
import static dev.fargate.operator.status.Scene.deployment;
import static dev.fargate.operator.status.Scene.exit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.Iam;
import dev.fargate.api.v1alpha1.Network;
import dev.fargate.api.v1alpha1.TaskFailure;
import dev.fargate.operator.plan.Action.Verb;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.plan.Rollout;
import dev.fargate.operator.plan.diff.FieldChange;
import dev.fargate.operator.stack.LogGroup;
import dev.fargate.operator.stack.TaskDefinition;
import dev.fargate.operator.stack.build.Ids;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of it a status shows, and in which order. */
class LimitsTest {
  @Test
  void theTenNewestFailuresAreShownNewestFirst() {
    Scene scene = Scene.app();
    for (int i = 0; i < 12; i++) {
      scene.failures.add(0, exit("t" + i, NOW.minusSeconds(3600 - i), 1));
    }
    scene.failures.add(exit("unknown", null, 1));
    List<TaskFailure> shown = scene.appStatus().recentFailures;
    assertThat(shown).hasSize(10);
    assertThat(shown.get(0).taskArn).endsWith("/t11");
    assertThat(shown.get(9).taskArn).endsWith("/t2");
  }

  @Test
  void aLastLogLineIsShownAsLongAsItIsAskedFor() {
    Scene scene = Scene.app();
    scene.failures.add(exit("t1", NOW.minusSeconds(60), 1));
    scene.lastLogLines.put("arn:aws:ecs:r:1:task/t1", "out of coffee");
    scene.then();
    assertThat(scene.appStatus().recentFailures.get(0).lastLogLine).isEqualTo("out of coffee");
    scene.lastLogLines.clear();
    TaskFailure failure = scene.appStatus().recentFailures.get(0);
    assertThat(failure.lastLogLine).isNull();
    assertThat(failure.exitCode).as("the rest stays").isEqualTo(1);
  }

  /** Three crashes in five minutes are a loop; where more tasks are wanted, one of each. */
  @ParameterizedTest
  @CsvSource({
    "1, 2, 299, false",
    "1, 3, 299, true",
    "1, 3, 300, false",
    "5, 4, 299, false",
    "5, 5, 299, true",
    "20, 9, 299, false",
    "20, 10, 299, true"
  })
  void crashesAreALoopWhenTheyAreManyAndLate(int wanted, int crashes, int ago, boolean loop) {
    Scene scene = Scene.app().rollout(deployment("PRIMARY", TWO, wanted, wanted, "COMPLETED"));
    for (int i = 0; i < crashes; i++) {
      scene.failures.add(exit("t" + i, NOW.minusSeconds(ago), 1));
    }
    assertThat(scene.health().verdict() == RolloutHealth.Verdict.CRASHING).isEqualTo(loop);
  }

  @Test
  void crashesThatEcsHasForgottenCountAsLongAsTheStatusRemembersThem() {
    Scene scene = Scene.app();
    scene.failures.add(exit("t1", NOW.minusSeconds(60), 1));
    scene.failures.add(exit("t2", NOW.minusSeconds(90), 1));
    scene.remembered = scene.appStatus().recentFailures;
    scene.failures.remove(0);
    assertThat(scene.health().verdict()).isEqualTo(RolloutHealth.Verdict.HEALTHY);
    scene.failures.add(exit("t3", NOW.minusSeconds(30), 1));
    assertThat(scene.health().verdict()).isEqualTo(RolloutHealth.Verdict.CRASHING);
  }

  @Test
  void crashesOfAnotherRevisionDoNotMakeALoopOfASingleOneOfThis() {
    Scene scene = Scene.app();
    scene.failures.add(exit("t", NOW.minusSeconds(30), 1));
    for (int i = 0; i < 2; i++) {
      scene.failures.add(
          new Rollout.TaskFailure(
              "arn:aws:ecs:r:1:task/t" + i,
              ONE,
              "EssentialContainerExited",
              "Essential container in task exited",
              "phoenix",
              1,
              null,
              NOW.minusSeconds(60),
              Map.of()));
    }
    assertThat(scene.health().verdict()).isEqualTo(RolloutHealth.Verdict.HEALTHY);
  }

  private static List<ObservedResource> logGroups(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Scene.seen(
                    new LogGroup(Ids.sharedLogGroup("g%02d".formatted(i)), "g" + i, 7, false)))
        .toList();
  }

  @Test
  void sixtyResourcesAreListedRevisionsAndThoseOfOthersLeftOut() {
    List<ObservedResource> many = new java.util.ArrayList<>(logGroups(70));
    java.util.Collections.reverse(many);
    many.add(Scene.app().find(Ids.TASK_DEFINITION));
    many.add(Scene.foreign(Scene.app().find(Ids.SERVICE)));
    assertThat(OwnedResources.of(many)).hasSize(60);
    assertThat(OwnedResources.of(many).get(0).arn).isEqualTo("arn:LogGroup/shared-g00");
    assertThat(OwnedResources.all(many))
        .as("for a deletion: all, with revisions")
        .hasSize(71)
        .anyMatch(one -> one.kind.equals("TaskDefinition"));
  }

  // Drift

  private static String drift(Scene scene) {
    return Drift.of(scene.plan(), Scene.app().appStatus(), "wanted").orElse("none");
  }

  private static FieldChange change(String before, String after) {
    return new FieldChange("f", before, after, FieldChange.Effect.IN_PLACE);
  }

  @Test
  void driftIsToldFieldByField() {
    Scene scene = Scene.app();
    scene.actions.add(scene.action(Verb.UPDATE, Ids.SERVICE, change("1", null), change(null, "2")));
    scene.actions.add(scene.action(Verb.CREATE, Ids.LOG_GROUP));
    scene.actions.add(scene.action(Verb.DELETE, Ids.TASK_GROUP));
    assertThat(drift(scene))
        .isEqualTo(
            "Service/service f: 1 -> (absent); Service/service f: (absent) -> 2; LogGroup/logs is"
                + " gone; SecurityGroup/tasks is there once too often.");
  }

  @Test
  void fiveDriftsAreNamedAndTheRestCounted() {
    Scene scene = Scene.app();
    for (int i = 0; i < 5; i++) {
      scene.actions.add(scene.action(Verb.CREATE, Ids.LOG_GROUP));
    }
    assertThat(drift(scene)).endsWith("gone.").doesNotContain("more");
    scene.actions.add(scene.action(Verb.CREATE, Ids.SERVICE));
    assertThat(drift(scene)).endsWith("; and 1 more.").doesNotContain("Service");
  }

  @Test
  void aLongValueIsCut() {
    Scene scene = Scene.app();
    scene.actions.add(
        scene.action(Verb.UPDATE, Ids.SERVICE, change("x".repeat(100), "y".repeat(101))));
    assertThat(drift(scene))
        .isEqualTo("Service/service f: " + "x".repeat(100) + " -> " + "y".repeat(99) + "….");
  }

  @Test
  void housekeepingAndSecretsAreNoDrift() {
    Scene scene = Scene.app();
    scene.actions.add(scene.action(Verb.DELETE, Ids.TASK_DEFINITION));
    assertThat(drift(scene)).isEqualTo("none");
    Scene database = Scene.database();
    database.actions.add(database.action(Verb.UPDATE, Ids.CREDENTIALS, change("a", "b")));
    assertThat(Drift.of(database.plan(), database.databaseStatus(), "wanted")).isEmpty();
  }

  @Test
  void workThatGoesOnForAnotherReasonIsNoDrift() {
    Scene scene = Scene.app();
    scene.actions.add(scene.action(Verb.CREATE, Ids.LOG_GROUP));
    var before = Scene.app().appStatus();
    assertThat(Drift.of(scene.plan(), before, "another wish")).isEmpty();
    Conditions pending = new Conditions(List.of(), 1L, NOW);
    before.conditions =
        pending.isFalse(ConditionType.SYNCED, Reason.PLAN_PENDING, "create it").build();
    assertThat(Drift.of(scene.plan(), before, "wanted")).isEmpty();
  }

  // Words

  @ParameterizedTest
  @CsvSource({
    "registry.example.com/team/web:2, web:2",
    "web, web",
    "r/web@sha256:0123456789abcdef, web@sha256:0123456789ab",
    "r/web@sha256:0123, web@sha256:0123"
  })
  void anImageIsShownWithoutItsRegistryAndWithTwelveDigits(String image, String shown) {
    assertThat(ShortImage.of(image)).isEqualTo(shown);
  }

  @Test
  void noImageIsShownAsNone() {
    assertThat(ShortImage.of(null)).isNull();
  }

  @Test
  void aRoleIsNamedWithTheFieldItComesFrom() {
    TaskDefinition definition = (TaskDefinition) Scene.app().find(Ids.TASK_DEFINITION).actual();
    Iam iam = new Iam();
    Network network = new Network();
    assertThat(TaskFields.of(iam, network, "p"))
        .isEqualTo(TaskFields.of(null, null, "p"))
        .isEqualTo(
            new TaskFields(
                "executionRoleArn (spec.defaults of FargateEnvironment p)",
                "taskRoleArn (spec.defaults of FargateEnvironment p)",
                "spec.network.securityGroupIds of FargateEnvironment p"));
    iam.executionRoleArn = "arn:e";
    iam.taskRoleArn = "arn:t";
    network.securityGroupIds = List.of("sg-1");
    TaskFields own = TaskFields.of(iam, network, "p");
    assertThat(own)
        .isEqualTo(
            new TaskFields(
                "spec.iam.executionRoleArn",
                "spec.iam.taskRoleArn",
                "spec.network.securityGroupIds"));
    assertThat(own.in(with(definition, "arn:e", "arn:t")))
        .isEqualTo("spec.iam.executionRoleArn arn:e or spec.iam.taskRoleArn arn:t");
    assertThat(own.in(with(definition, null, "arn:t"))).isEqualTo("spec.iam.taskRoleArn arn:t");
    assertThat(own.in(with(definition, null, null))).isEqualTo("no role is set");
  }

  private static TaskDefinition with(TaskDefinition one, String execution, String task) {
    return new TaskDefinition(
        one.id(),
        one.family(),
        one.cpuUnits(),
        one.memoryMiB(),
        one.architecture(),
        one.ephemeralStorageGiB(),
        execution,
        task,
        one.containers(),
        one.volumes());
  }

  @Test
  void awsOwnWordsAreCutAndEndASentence() {
    assertThat(Cause.of(Reason.TASKS_FAILING, "It failed.", null).text()).isEqualTo("It failed.");
    assertThat(Cause.of(Reason.TASKS_FAILING, "It failed.", " ").text()).isEqualTo("It failed.");
    assertThat(Cause.of(Reason.TASKS_FAILING, "It failed.", "x".repeat(400)).text())
        .isEqualTo("It failed. AWS: " + "x".repeat(400) + ".");
    assertThat(Cause.of(Reason.TASKS_FAILING, "It failed.", "x".repeat(401)).text())
        .isEqualTo("It failed. AWS: " + "x".repeat(399) + "….");
    assertThat(Cause.as("ContainerExited", "it did"))
        .contains(new Cause(Reason.CONTAINER_EXITED, "it did"));
    assertThat(Cause.as("ContainerExited", null)).isEmpty();
    assertThat(Cause.as("OfANewerVersion", "it did")).isEmpty();
  }

  @Test
  void aTextFromOutsideKeepsWhatFits() {
    assertThat(OneLine.of(null)).isNull();
    assertThat(OneLine.of("x".repeat(OneLine.LIMIT))).hasSize(OneLine.LIMIT).endsWith("x");
    assertThat(OneLine.of("x".repeat(OneLine.LIMIT + 1))).hasSize(OneLine.LIMIT).endsWith("…");
  }
}
