package dev.fargate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.call.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample through the whole line against the local AWS endpoint. */
class PhoenixOnAwsTest {
  private final World world = new World();
  private final Leftovers account = new Leftovers(world.aws);

  @BeforeEach
  void comeUp() {
    world.applyPhoenix();
    world.untilAllReady();
    world.goOn(Duration.ofMinutes(2));
    world.aws.calls().clear();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aSecondOperatorFindsNothingToWrite() {
    world.restart();
    world.goOn(Duration.ofMinutes(3));

    assertThat(writes()).isEmpty();
  }

  @Test
  void aNewImageIsOneRevisionAndOneDeployment() {
    world.app("phoenix").getSpec().image = "phoenix:2.0.0";

    world.goOn(Duration.ofSeconds(10));
    world.untilAllReady();
    world.goOn(Duration.ofMinutes(3));

    // The tag says which wish the deployment stands for, so that a rollback of it is known again.
    assertThat(writes())
        .containsExactly("ecs:RegisterTaskDefinition", "ecs:UpdateService", "ecs:TagResource");
    assertThat(world.app("phoenix").getStatus().serving.image).isEqualTo("phoenix:2.0.0");
  }

  @Test
  void autoscalingBoundsChangeInPlaceWithoutADeployment() {
    world.app("phoenix").getSpec().autoscaling.maxReplicas = 9;

    world.goOn(Duration.ofMinutes(3));

    assertThat(writes()).containsExactly("application-autoscaling:RegisterScalableTarget");
  }

  @Test
  void aRestartIsOneDeploymentPerNewValue() {
    world.app("phoenix").getSpec().restartedAt = "2026-01-01T00:10:00Z";
    world.goOn(Duration.ofMinutes(5));
    world.restart();
    world.goOn(Duration.ofMinutes(3));

    assertThat(writes()).containsExactly("ecs:UpdateService", "ecs:TagResource");
    assertThat(
            world.aws.calls().named("ecs:UpdateService").get(0).input().bool("forceNewDeployment"))
        .contains(true);
  }

  @Test
  void anImmutableChangeReplacesTheTargetGroup() {
    world.app("phoenix").getSpec().ports.get(0).containerPort = 3001;

    world.goOn(Duration.ofMinutes(15));

    assertThat(account.elb.describeTargetGroups().targetGroups())
        .singleElement()
        .satisfies(group -> assertThat(group.port()).isEqualTo(3001));
    world.untilAllReady();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FargateApp FargateDatabase FargateEnvironment",
        "FargateEnvironment FargateDatabase FargateApp",
        "FargateDatabase FargateEnvironment FargateApp"
      })
  void deletedInAnyOrderNothingIsLeft(String order) {
    for (String kind : order.split(" ")) {
      world.delete(kind);
      world.goOn(Duration.ofSeconds(30));
    }

    world.until(
        "everything gone",
        () -> world.apps.isEmpty() && world.databases.isEmpty() && world.environments.isEmpty(),
        Duration.ofMinutes(20));

    assertThat(account.all()).isEmpty();
  }

  private List<String> writes() {
    return world.aws.calls().writes().stream().map(Call::name).toList();
  }
}
