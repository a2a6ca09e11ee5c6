package dev.fargate.operator.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.operator.status.ConditionType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Kubernetes does not let the operator read is told, with object and right, and no more. */
class UnreadableReferencesTest {
  private final Faults faults = new Faults();
  private final VirtualWorld world = faults.world;

  @BeforeEach
  void anEnvironment() {
    faults.environment();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theFieldTheSecretAndTheMissingRightAreNamedAtOnceAndAwsIsLeftAlone() {
    world.secrets.put("tokens", Map.of("token", "s3cret"));
    world.unreadable.add("tokens");
    faults.secretOf("TOKEN", "tokens", "token");
    world.forgetCalls();
    faults.apply();
    world.run(Duration.ofSeconds(10));
    for (ConditionType type : new ConditionType[] {ConditionType.READY, ConditionType.STALLED}) {
      assertThat(faults.condition(type))
          .hasValueSatisfying(
              c -> {
                assertThat(c.getReason()).isEqualTo("ReferenceUnreadable");
                assertThat(c.getMessage())
                    .startsWith("spec.env[0] (TOKEN): Secret tokens may not be read: ")
                    .contains("right to get secrets");
              });
    }
    assertThat(faults.condition(ConditionType.RECONCILING)).isEmpty();
    assertThat(world.awsWrites()).isEmpty();
  }

  @Test
  void onceTheRightIsGivenItGoesOnByItself() {
    world.secrets.put("tokens", Map.of("token", "s3cret"));
    world.unreadable.add("tokens");
    faults.secretOf("TOKEN", "tokens", "token");
    faults.apply();
    world.run(Duration.ofMinutes(1));
    world.unreadable.clear();
    faults.untilReady();
    assertThat(faults.condition(ConditionType.STALLED)).isEmpty();
  }

  @Test
  void whatRunsGoesOnWhenTheRightIsTakenAway() {
    world.secrets.put("tokens", Map.of("token", "s3cret"));
    faults.secretOf("TOKEN", "tokens", "token");
    faults.applyAndSettle();
    world.unreadable.add("tokens");
    world.run(Duration.ofMinutes(10));
    assertThat(world.awsWrites()).isEmpty();
    assertThat(faults.stored().getStatus().running).isEqualTo("1/1");
    assertThat(faults.condition(ConditionType.STALLED))
        .hasValueSatisfying(c -> assertThat(c.getReason()).isEqualTo("ReferenceUnreadable"));
  }
}
