package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.api.v1alpha1.FargateApp;
import dev.fargate.api.v1alpha1.FargateDatabase;
import dev.fargate.api.v1alpha1.FargateEnvironment;
import dev.fargate.api.v1alpha1.Mode;
import dev.fargate.operator.aws.Leftovers;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The long life of the sample's objects, in virtual time. */
class LifeFlowTest {
  private static final Path SAMPLE = Path.of("..", "samples", "phoenix");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(30);

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

  private void start() {
    world.apply(environment, database, app);
    untilReady();
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

  @ParameterizedTest
  @ValueSource(strings = {"A D E", "A E D", "D A E", "D E A", "E A D", "E D A"})
  void deletedInAnyOrderAllOfThemGo(String order) {
    start();
    for (String letter : order.split(" ")) {
      switch (letter) {
        case "A" -> world.delete("FargateApp", "phoenix");
        case "D" -> world.delete("FargateDatabase", "phoenix-db");
        default -> world.delete("FargateEnvironment", "phoenix");
      }
      world.run(Duration.ofSeconds(20));
    }
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
  void anEnvironmentInUseWaitsForItsUsers() {
    start();
    world.delete("FargateEnvironment", "phoenix");
    world.run(Duration.ofMinutes(10));
    assertThat(world.exists("FargateEnvironment", "phoenix")).isTrue();
    assertThat(world.awsWrites()).doesNotContain("ecs:DeleteCluster", "ecs:DeleteService");
  }

  @Test
  void aPausedAppIsNotTouchedUntilItGoesOn() {
    start();
    app.getSpec().mode = Mode.PAUSED;
    app.getSpec().image = "phoenix:2";
    world.forgetCalls();
    world.apply(app);
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
    app.getSpec().mode = Mode.APPLY;
    world.apply(app);
    world.runUntil(
        "the image serves",
        LONG_ENOUGH,
        () -> "phoenix:2".equals(world.app("phoenix").getStatus().serving.shortImage));
  }

  @Test
  void withoutLeadershipNothingIsWritten() {
    start();
    world.leading = false;
    app.getSpec().image = "phoenix:2";
    world.forgetCalls();
    world.apply(app);
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
    world.leading = true;
    world.runUntil(
        "the image serves",
        LONG_ENOUGH,
        () -> "phoenix:2".equals(world.app("phoenix").getStatus().serving.shortImage));
  }

  @Test
  void anAwsThatIsDownForAWhileIsCaughtUpWith() {
    start();
    world.aws.faults().on("*").fail("InternalFailure", "down");
    app.getSpec().image = "phoenix:2";
    world.apply(app);
    world.run(Duration.ofMinutes(10));
    assertThat(world.app("phoenix").getStatus().serving.shortImage).isEqualTo("phoenix:1.0.0");
    world.aws.faults().clear();
    world.runUntil(
        "the image serves",
        LONG_ENOUGH,
        () ->
            "phoenix:2".equals(world.app("phoenix").getStatus().serving.shortImage)
                && world.ready("FargateApp", "phoenix"));
  }

  @Test
  void twentyAppsShareALoadBalancerWithTwentyPriorities() {
    world.apply(environment);
    for (int i = 0; i < 20; i++) {
      FargateApp one = read("app.yaml", FargateApp.class);
      one.getMetadata().setName("app-" + i);
      one.getSpec().env.clear();
      one.getSpec().ingresses.get(0).paths = List.of("/app-" + i + "/*");
      world.apply(one);
    }
    world.runUntil("app-19 is ready", LONG_ENOUGH, () -> allReady(20));
    Set<Integer> priorities = new HashSet<>();
    world.aws.calls().named("elasticloadbalancing:CreateRule").stream()
        .filter(call -> call.error().isEmpty())
        .forEach(call -> priorities.add(call.input().integer("Priority").orElseThrow()));
    assertThat(priorities).hasSize(20);
  }

  private boolean allReady(int count) {
    for (int i = 0; i < count; i++) {
      if (!world.ready("FargateApp", "app-" + i)) {
        return false;
      }
    }
    return true;
  }
}
