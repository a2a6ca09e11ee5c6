package dev.fargate.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.call.Call;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sample through the whole line against the local AWS endpoint. */
class PhoenixOnAwsTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void phoenixComesUpAndASecondOperatorFindsNothingToWrite() {
    world.applyPhoenix();
    world.untilAllReady();
    world.goOn(Duration.ofMinutes(2));

    world.aws.calls().clear();
    world.restart();
    world.goOn(Duration.ofMinutes(3));

    assertThat(world.aws.calls().writes()).extracting(Call::name).isEmpty();
  }
}
