package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.TaskFailure;
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

/** What a failed task said last stands in the status, if the spec asks for it. In virtual time. */
class LastLogLineTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);
  private static final String GROUP = "/fargate/acme/default/phoenix";

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
    app.getSpec().logs.inStatus = true;
    world.apply(read("environment.yaml", FargateEnvironment.class), app);
    world.runUntil("ready", LONG_ENOUGH, () -> world.ready("FargateApp", "phoenix"));
    world.run(Duration.ofMinutes(5));
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** A task writes these lines and dies. @return its id */
  private String crash(String... lines) {
    var task = world.aws.scriptedTasks().running().get(0);
    String container = task.containers().get(0).name();
    write(task.taskArn(), lines);
    world.aws.scriptedTasks().exit(task.taskArn(), container, 1);
    return task.taskArn();
  }

  private void write(String task, String... lines) {
    String id = task.substring(task.lastIndexOf('/') + 1);
    for (String line : lines) {
      world.aws.logs().append(GROUP, "phoenix/phoenix/" + id, world.now(), line);
    }
  }

  private TaskFailure failure(String task) {
    return world.app("phoenix").getStatus().recentFailures.stream()
        .filter(failure -> failure.taskArn.equals(task))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theLastLineOfAFailedTaskIsShownCutAndWithoutTerminalCodes() {
    String task = crash("first", "\u001B[31mboom\u001B[0m\t" + "x".repeat(2000));
    world.run(Duration.ofMinutes(3));
    assertThat(failure(task).lastLogLine)
        .startsWith("boom")
        .hasSize(512)
        .doesNotContain("\u001B", "\t", "first");
    world.forgetCalls();
    world.run(Duration.ofHours(1));
    assertThat(world.aws.calls().named("logs:GetLogEvents")).as("asked once").isEmpty();
    assertThat(failure(task).lastLogLine).startsWith("boom");
  }

  @Test
  void aLineThatArrivesAfterTheTasksEndIsShownToo() {
    String task = crash();
    world.run(Duration.ofMinutes(2));
    assertThat(failure(task).lastLogLine).isNull();
    write(task, "late");
    world.run(Duration.ofMinutes(3));
    assertThat(failure(task).lastLogLine).isEqualTo("late");
  }

  @Test
  void theLineIsInNoConditionAndNoEvent() {
    crash("password=hunter2");
    world.run(Duration.ofMinutes(3));
    assertThat(world.describe()).doesNotContain("hunter2");
    assertThat(world.events.toString()).doesNotContain("hunter2");
  }

  @Test
  void takenBackTheLinesLeaveTheStatus() {
    String task = crash("boom");
    world.run(Duration.ofMinutes(3));
    app.getSpec().logs.inStatus = null;
    world.forgetCalls();
    world.apply(app);
    world.run(Duration.ofMinutes(1));
    assertThat(failure(task).lastLogLine).isNull();
    String other = crash("bang");
    world.run(Duration.ofMinutes(3));
    assertThat(failure(other).lastLogLine).isNull();
    assertThat(world.aws.calls().named("logs:GetLogEvents")).isEmpty();
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void aRightThatIsMissingIsSaidAndHindersNothing() {
    world.aws.faults().on("logs:GetLogEvents").fail("AccessDeniedException", "no, hunter2");
    String task = crash("boom");
    world.run(Duration.ofMinutes(3));
    assertThat(failure(task).lastLogLine)
        .isEqualTo("(cannot be read: AccessDeniedException on logs:GetLogEvents)");
    assertThat(world.ready("FargateApp", "phoenix")).isTrue();
  }
}
