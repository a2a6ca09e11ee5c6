package dev.fargate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.quickstart.progress.ObjectState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample of the repository: settled it is left alone, deleted it leaves nothing. */
@Tag("any-kubernetes")
class SamplesLifeTest {
  private static final String APP = "FargateApp";
  private static final String DATABASE = "FargateDatabase";
  private static final String ENVIRONMENT = "FargateEnvironment";

  /** One could be the tail of the last change. */
  private static final int SWEEPS = 2;

  private static SamplesWorld world;

  @BeforeAll
  static void start() {
    world = new SamplesWorld();
  }

  @AfterAll
  static void end() {
    if (world != null) {
      world.close();
    }
  }

  @BeforeEach
  void apply() {
    world.apply();
  }

  @Test
  void aSettledSampleIsLeftAloneHoweverOftenItIsLookedAt() {
    world.untilQuiet();
    world.askForALook();
    // Each is answered by one write of its status, and then all rests again.
    world.untilQuiet();
    world.clearRecords();
    List<String> before = world.statuses();
    List<String> asked = world.versions();
    world.until("all was looked at again and again", () -> world.sweeps() >= SWEEPS);
    assertThat(world.statuses()).isEqualTo(before);
    assertThat(world.versions()).isEqualTo(asked);
    assertThat(world.operatorWrites()).isEmpty();
    assertThat(world.states()).allMatch(ObjectState::ready);
  }

  /** Two of six; all are held in virtual time, by LifeFlowTest. */
  static Stream<List<String>> orders() {
    return Stream.of(List.of(ENVIRONMENT, APP, DATABASE), List.of(DATABASE, ENVIRONMENT, APP));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void deletedInAnyOrderASampleLeavesNothingAndEverythingOfOthers(List<String> order) {
    world.delete(order);
    world.until("all objects are gone", () -> world.remaining().isEmpty());
    assertThat(world.account().everything())
        .as("what was there before, and nothing else")
        .containsExactlyInAnyOrderElementsOf(world.before());
    assertThat(ProcessHandle.current().descendants()).as("processes of tasks").isEmpty();
  }
}
