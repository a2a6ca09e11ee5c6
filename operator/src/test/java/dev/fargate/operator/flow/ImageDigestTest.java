package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.app.FargateAppStatus;
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

/** Which image a tag means in the tasks that run. In virtual time. */
class ImageDigestTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(30);
  private static final String FIRST = "sha256:" + "1".repeat(64);
  private static final String SECOND = "sha256:" + "2".repeat(64);

  private final VirtualWorld world = new VirtualWorld();
  private final FargateApp app = read("app.yaml", FargateApp.class);
  private final FargateDatabase database = read("database.yaml", FargateDatabase.class);

  private static <R extends CustomResource<?, ?>> R read(String file, Class<R> type) {
    try {
      return Serialization.unmarshal(Files.readString(SAMPLE.resolve(file)), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void aTagIsServed() {
    app.getSpec().autoscaling = null;
    world.aws.scriptedTasks().image(app.getSpec().image).resolvesTo(FIRST);
    world.apply(read("environment.yaml", FargateEnvironment.class), database, app);
    world.runUntil(
        "ready",
        LONG_ENOUGH,
        () -> world.ready("FargateApp", "phoenix") && world.ready("FargateDatabase", "phoenix-db"));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private FargateAppStatus status() {
    return world.app("phoenix").getStatus();
  }

  @Test
  void theStatusShowsWhatTheTagHasResolvedTo() {
    assertThat(status().serving.digest).isEqualTo(FIRST);
    assertThat(status().desired.digest).isEqualTo(FIRST);
    assertThat(status().lastGood.digest).isEqualTo(FIRST);
    assertThat(world.database("phoenix-db").getStatus().serving.digest).startsWith("sha256:");
  }

  @Test
  void aDeploymentIsAskedOnceWhoeverAsks() {
    world.forgetCalls();
    world.run(Duration.ofHours(2));
    world.restartOperator();
    world.forgetCalls();
    world.run(Duration.ofHours(1));
    assertThat(world.aws.calls().named("ecs:ListTasks")).isEmpty();
    assertThat(world.aws.calls().named("ecs:DescribeTasks")).isEmpty();
    assertThat(status().serving.digest).isEqualTo(FIRST);
  }

  @Test
  void theSameTagRolledOutAnewIsResolvedAnew() {
    world.aws.scriptedTasks().image(app.getSpec().image).resolvesTo(SECOND);
    String before = status().serving.deployment;
    world.run(Duration.ofMinutes(5));
    assertThat(status().serving.digest).as("nothing was rolled out").isEqualTo(FIRST);
    app.getSpec().restartedAt = "2026-11-28T12:00:00Z";
    world.apply(app);
    world.runUntil(
        "another deployment serves", LONG_ENOUGH, () -> SECOND.equals(status().serving.digest));
    assertThat(status().serving.deployment).isNotEqualTo(before);
    assertThat(status().lastGood.digest).isEqualTo(SECOND);
  }

  @Test
  void aFailedRevisionShowsWhatItsTasksHadPulledAndTheOldOneKeepsItsDigest() {
    world
        .aws
        .scriptedTasks()
        .image("phoenix:2")
        .resolvesTo(SECOND)
        .exitsAfter(Duration.ofSeconds(2), 1);
    app.getSpec().image = "phoenix:2";
    world.apply(app);
    world.runUntil("it has failed", LONG_ENOUGH, () -> status().failed != null);
    world.run(Duration.ofMinutes(5));
    assertThat(status().failed.digest).isEqualTo(SECOND);
    assertThat(status().serving.digest).isEqualTo(FIRST);
    assertThat(status().lastGood.digest).isEqualTo(FIRST);
  }
}
