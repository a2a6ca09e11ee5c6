package dev.fargate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.Golden;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Everything that may fail for an app, a database and an environment, one after the other in one
 * world: what people are told of it is what is written down, and once it is mended all is ready and
 * AWS as before. See docs/campaigns.md.
 */
class FailureCampaignTest {
  private static final String ONLY = System.getProperty("campaign.failure");
  private static final boolean FULL = "all".equals(System.getProperty("campaign"));

  @TestFactory
  Stream<DynamicTest> whatFailsOfAnAppIsToldAndMended() {
    return walk("FargateApp");
  }

  @TestFactory
  Stream<DynamicTest> whatFailsOfADatabaseIsToldAndMended() {
    return walk("FargateDatabase");
  }

  @TestFactory
  Stream<DynamicTest> whatFailsOfAnEnvironmentIsToldAndMended() {
    return walk("FargateEnvironment");
  }

  private static Stream<DynamicTest> walk(String kind) {
    Walk walk = new Walk();
    return Failure.of(kind).stream()
        .filter(FailureCampaignTest::isChosen)
        .map(failure -> DynamicTest.dynamicTest(failure.name(), () -> walk.through(failure)))
        .onClose(walk::end);
  }

  private static boolean isChosen(Failure failure) {
    return ONLY == null ? FULL || !failure.isSeldom() : failure.name().matches(ONLY);
  }

  /** One world, and another one after what could not be mended. */
  private static final class Walk {
    private FailureWorld world;

    void through(Failure failure) throws IOException {
      if (world == null) {
        world = new FailureWorld();
      }
      boolean mended = false;
      try {
        String story = world.fail(failure);
        assertThat(world.mend(failure)).as("not mended after\n" + story).isEmpty();
        mended = true;
        Golden.assertText("campaign/failures/" + failure.name() + ".txt", story);
      } finally {
        if (!mended) {
          end();
        }
      }
    }

    void end() {
      if (world != null) {
        world.close();
        world = null;
      }
    }
  }
}
