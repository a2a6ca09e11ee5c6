package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.DeletionPolicy;
import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.operator.aws.Leftovers;
import dev.fargate.operator.stack.build.Annotations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a platform team does on the second day, by a field or an annotation, so that GitOps can. In
 * virtual time.
 */
class DayTwoVerbsTest {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(30);

  private final VirtualWorld world = new VirtualWorld();
  private final FargateEnvironment environment =
      Faults.read("environment.yaml", FargateEnvironment.class);
  private final FargateDatabase database = Faults.read("database.yaml", FargateDatabase.class);
  private final FargateApp app = Faults.read("app.yaml", FargateApp.class);

  @BeforeEach
  void phoenixIsReady() {
    world.apply(environment, database, app);
    settle();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void settle() {
    world.runUntil("phoenix is ready", LONG_ENOUGH, () -> world.ready("FargateApp", "phoenix"));
    world.run(Duration.ofMinutes(3));
    world.forgetCalls();
    world.events.clear();
  }

  private String told(String reason) {
    return world.events.stream()
        .filter(event -> event.reason().equals(reason))
        .map(Pass.Note::message)
        .collect(Collectors.joining("\n"));
  }

  @Test
  void theAnnotationRestartsOncePerValueAndNotAgainAfterTheOperatorWasReplaced() {
    world.annotate("FargateApp", "phoenix", Annotations.RESTARTED_AT, "monday");
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).containsOnlyOnce("ecs:UpdateService");
    world.forgetCalls();
    world.restartOperator();
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void retainLeavesAllRunningListsItInTheLastEventsAndTheSameYamlTakesItUpWithoutAWrite() {
    List<String> before = new Leftovers(world.aws).all();
    List<String> arns =
        world.app("phoenix").getStatus().resources.stream().map(r -> r.kind + " " + r.arn).toList();
    app.getSpec().deletionPolicy = DeletionPolicy.RETAIN;
    world.apply(app);
    world.run(Duration.ofMinutes(2));
    world.forgetCalls();
    world.events.clear();
    world.delete("FargateApp", "phoenix");
    world.runUntil("it is gone", LONG_ENOUGH, () -> !world.exists("FargateApp", "phoenix"));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(new Leftovers(world.aws).all()).isEqualTo(before);
    assertThat(told("Retained")).contains(arns).contains("TaskDefinition arn:");
    assertThat(world.events).allSatisfy(e -> assertThat(e.message()).hasSizeLessThan(1024));

    world.apply(app);
    settle();
    assertThat(world.awsWrites()).isEmpty();
    assertThat(new Leftovers(world.aws).all()).isEqualTo(before);
  }

  @Test
  void anObjectWhoseEnvironmentIsGoneIsReleasedByAnnotationAndEveryArnIsTold() {
    List<String> before = new Leftovers(world.aws).all();
    List<String> arns =
        world.app("phoenix").getStatus().resources.stream().map(r -> r.kind + " " + r.arn).toList();
    world.lose("FargateEnvironment", "phoenix");
    world.delete("FargateApp", "phoenix");
    world.run(Duration.ofMinutes(10));
    assertThat(world.exists("FargateApp", "phoenix")).isTrue();
    world.events.clear();
    world.annotate("FargateApp", "phoenix", Annotations.FORCE_RELEASE, "true");
    world.run(Duration.ofSeconds(5));
    assertThat(world.exists("FargateApp", "phoenix")).isFalse();
    assertThat(told("Released")).contains(arns);
    assertThat(world.events).allSatisfy(e -> assertThat(e.message()).hasSizeLessThan(1024));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(new Leftovers(world.aws).all()).isEqualTo(before);
  }

  private void anEmptyCluster() {
    Map.of(
            "FargateApp",
            "phoenix",
            "FargateDatabase",
            "phoenix-db",
            "FargateEnvironment",
            "phoenix")
        .forEach(world::lose);
    world.restartOperator();
    world.forgetCalls();
  }

  @Test
  void theSameYamlOnARebuiltClusterTakesEverythingUpWithoutAWriteOrAnInterruption() {
    List<String> before = new Leftovers(world.aws).all();
    var tasks = world.aws.scriptedTasks().running().stream().map(Object::toString).toList();
    anEmptyCluster();
    world.apply(app, database, environment);
    world.runUntil("phoenix is ready", LONG_ENOUGH, () -> world.ready("FargateApp", "phoenix"));
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(new Leftovers(world.aws).all()).isEqualTo(before);
    assertThat(world.aws.scriptedTasks().running().stream().map(Object::toString).toList())
        .isEqualTo(tasks);
  }

  @Test
  void thePlanOfTheSameYamlOnARebuiltClusterIsEmpty() {
    anEmptyCluster();
    app.getSpec().mode = Mode.PLAN;
    database.getSpec().mode = Mode.PLAN;
    world.apply(environment, database, app);
    world.run(Duration.ofMinutes(3));
    assertThat(world.app("phoenix").getStatus().plan.summary).isEqualTo("nothing to do");
    assertThat(world.database("phoenix-db").getStatus().plan.summary).isEqualTo("nothing to do");
    assertThat(world.plan(environment).actions()).isEmpty();
    assertThat(world.awsWrites()).isEmpty();
  }
}
