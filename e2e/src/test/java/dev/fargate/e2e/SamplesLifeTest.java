package dev.fargate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.quickstart.progress.ObjectState;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every sample of the repository: settled it is left alone, deleted it leaves nothing. */
@Tag("any-kubernetes")
class SamplesLifeTest {
  private static final String APP = "FargateApp";
  private static final String DATABASE = "FargateDatabase";
  private static final String ENVIRONMENT = "FargateEnvironment";

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
    world.until("all was looked at again", () -> world.sweeps() > 0);
    world.untilNothingFollows();
    assertThat(world.statuses()).isEqualTo(before);
    assertThat(world.versions()).isEqualTo(asked);
    assertThat(world.operatorWrites()).isEmpty();
    assertThat(world.states()).allMatch(ObjectState::ready);
  }

  /** One order of six; all are held in virtual time, by LifeFlowTest. */
  @Test
  void deletedInTheWorstOrderASampleLeavesNothingAndEverythingOfOthers() {
    world.delete(List.of(ENVIRONMENT, APP, DATABASE));
    world.until("all objects are gone", () -> world.remaining().isEmpty());
    assertThat(world.account().everything())
        .as("what was there before, and nothing else")
        .containsExactlyInAnyOrderElementsOf(world.before());
    assertThat(ProcessHandle.current().descendants()).as("processes of tasks").isEmpty();
  }
}
