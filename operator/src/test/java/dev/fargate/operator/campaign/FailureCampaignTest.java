package dev.fargate.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertStory(failure, story);
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

  private static void assertStory(Failure failure, String story) throws IOException {
    String file = failure.name() + ".txt";
    String write = System.getProperty("golden.write");
    if (write != null) {
      Files.writeString(Path.of(write, file), story);
    }
    try (var expected =
        FailureCampaignTest.class.getResourceAsStream("/campaign/failures/" + file)) {
      assertThat(expected).as("the story of %s in the test resources", failure).isNotNull();
      assertThat(story).isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
