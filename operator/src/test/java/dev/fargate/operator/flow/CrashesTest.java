package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.operator.status.ConditionType;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A task that dies of itself is told of, whenever that is. In virtual time. */
class CrashesTest {
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
  void anAppRuns() {
    app.getSpec().env.clear();
    app.getSpec().autoscaling = null;
    app.getSpec().replicas = 2;
    world.apply(read("environment.yaml", FargateEnvironment.class), app);
    world.runUntil("ready", LONG_ENOUGH, () -> world.ready("FargateApp", "phoenix"));
    world.run(Duration.ofMinutes(5));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String crash() {
    var task = world.aws.scriptedTasks().running().get(0);
    world.aws.scriptedTasks().exit(task.taskArn(), task.containers().get(0).name(), 139);
    return task.taskArn();
  }

  private void assertToldOf(String task, String when) {
    assertThat(world.app("phoenix").getStatus().recentFailures)
        .as("the crash %s", when)
        .anySatisfy(
            failure -> {
              assertThat(failure.taskArn).isEqualTo(task);
              assertThat(failure.exitCode).isEqualTo(139);
            });
  }

  /** Every few seconds of a sweep's period: before, between and after two looks at the service. */
  @Test
  void aCrashBetweenTwoSweepsIsToldWheneverItHappens() {
    for (int second = 0; second < 65; second += 10) {
      String task = crash();
      world.run(Duration.ofMinutes(3).plusSeconds(10));
      assertToldOf(task, second + " s later than the first");
    }
  }

  @Test
  void aCrashWhileNoOperatorRanIsToldByTheNextOne() {
    world.leading = false;
    String task = crash();
    world.aws.clock().advance(Duration.ofMinutes(10));
    world.leading = true;
    world.restartOperator();
    world.run(Duration.ofMinutes(3));
    assertToldOf(task, "while no operator ran");
  }

  @Test
  void tasksThatStopAgainAndAgainAreNotReadyThoughEachIsReplacedWithoutAnEventForEach() {
    world.events.clear();
    for (int crashes = 0; crashes < 6; crashes++) {
      crash();
      world.run(Duration.ofSeconds(50));
    }
    assertThat(world.condition("FargateApp", "phoenix", ConditionType.READY))
        .hasValueSatisfying(
            ready -> {
              assertThat(ready.getStatus()).isEqualTo("False");
              assertThat(ready.getReason()).isEqualTo("ContainerExited");
            });
    assertThat(world.condition("FargateApp", "phoenix", ConditionType.ROLLOUT_HEALTHY))
        .hasValueSatisfying(c -> assertThat(c.getMessage()).contains("exited with code 139"));
    world.run(Duration.ofSeconds(100));
    assertThat(world.condition("FargateApp", "phoenix", ConditionType.READY))
        .hasValueSatisfying(
            ready ->
                assertThat(ready.getMessage())
                    .startsWith("Tasks of revision ")
                    .contains("stop again and again; ECS replaces them."));
    assertThat(world.events)
        .filteredOn(event -> event.warning())
        .as("fewer than the six crashes")
        .hasSizeBetween(1, 3);
    world.run(Duration.ofMinutes(6));
    assertThat(world.ready("FargateApp", "phoenix")).as("it has calmed down").isTrue();
  }

  @Test
  void withoutACrashNoStoppedTaskIsAskedFor() {
    world.run(Duration.ofHours(2));
    world.restartOperator();
    world.forgetCalls();
    world.run(Duration.ofHours(1));
    assertThat(world.aws.calls().named("ecs:ListTasks")).isEmpty();
    assertThat(world.aws.calls().named("ecs:DescribeTasks")).isEmpty();
  }
}
